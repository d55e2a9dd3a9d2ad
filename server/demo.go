package main

import (
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// The demo shops take no real money and answer on loopback only. The second one
// demands 3-D Secure.
const (
	demoKey        = "sk_test_demo"
	demoShop       = shop.ID("demo")
	demoSecureKey  = "sk_test_demo_3ds"
	demoSecureShop = shop.ID("demo-3ds")
	demoTraderCode = "888889999"
	demoAccessKey  = "1111111"
)

// addDemo adds both.
func addDemo(d *shop.Directory) {
	addDemoShop(d, demoShop, "demo", "デモショップ", demoKey, shop.ThreeDSecureOff)
	addDemoShop(d, demoSecureShop, "demo-3ds", "デモショップ（3Dセキュア）", demoSecureKey, shop.ThreeDSecureOn)
}

// addDemoShop gives each a contract of its own, so that each may change it.
func addDemoShop(d *shop.Directory, id shop.ID, contract, name, key string, secure shop.ThreeDSecure) {
	d.Shops[id] = &shop.Shop{
		ID: id, Name: name, Contracts: map[shop.Environment]shop.Contract{shop.Test: {
			ID: contract, TraderCode: demoTraderCode, AccessKey: demoAccessKey, HoldDays: defaultHoldDays,
			Flags: shop.Flags{TestAllowed: true, Vault: true, ThreeDSecure: true, AmountIncrease: true, CaptureByCode99: true, StoredCardAlone: true, Reservation: true},
		}},
		Settings: shop.Settings{
			Mode: shop.Authorize, Installments: true, ThreeDSecure: secure, Saving: shop.SavingChosen,
			Deliveries: []shipping.Method{
				{ID: "takkyubin", Name: "宅急便", Carrier: shipping.CarrierYamato},
				{ID: "other", Name: "その他の配送", Carrier: shipping.CarrierOther},
			},
			Methods: []shop.PaymentMethod{{ID: shop.KindCard, Name: "クレジットカード", Kind: shop.KindCard}},
			Sender: shop.Sender{
				Name: "デモショップ", NameKana: "ﾃﾞﾓｼｮｯﾌﾟ", PostalCode: "100-0001", Address: "東京都千代田区千代田1-1", Phone: "03-0000-0000",
				BillingCode: "030000000000", FreightNumber: "01",
			},
			FeeRate: shop.DefaultFeeRate,
		},
	}
	hash := shop.HashKey(key)
	d.Keys[hash] = &shop.Key{
		Hash: hash, Tenant: shop.Tenant{Shop: id, Environment: shop.Test},
		Scopes: []shop.Scope{shop.Storefront, shop.Shipping, shop.Operator}, Demo: true,
	}
}
