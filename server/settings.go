package main

import (
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// settingsFile is a shop's own choices in the config file.
type settingsFile struct {
	CaptureMode        shop.Mode         `json:"captureMode"`
	Installments       bool              `json:"installments"`
	InstallmentMinimum money.Yen         `json:"installmentMinimum"`
	ThreeDSecure       shop.ThreeDSecure `json:"threeDSecure"`
	RiskAmount         money.Yen         `json:"riskAmount"`
	SecurityCode       *bool             `json:"securityCode"` // absent: it is asked for (R14)
	CardOnFile         shop.Saving       `json:"cardOnFile"`
	Methods            []methodFile      `json:"paymentMethods"`
	Deliveries         []deliveryFile    `json:"deliveryMethods"`
	Sender             senderFile        `json:"sender"`
	B2                 b2File            `json:"b2"`
	FeeRate            *int              `json:"feeRate"`           // absent: 500, which is 5 % (R22)
	OrderRegistration  *bool             `json:"orderRegistration"` // absent: on (R40)
}

// senderFile is who sends, as B2 prints it (R19).
type senderFile struct {
	Name          string `json:"name"`
	NameKana      string `json:"nameKana"`
	PostalCode    string `json:"postalCode"`
	Address       string `json:"address"`
	Building      string `json:"building"`
	Phone         string `json:"phone"`
	BillingCode   string `json:"billingCode"`
	BillingClass  string `json:"billingClass"`
	FreightNumber string `json:"freightNumber"`
}

// b2File is how B2's files are written (R29).
type b2File struct {
	Columns   int    `json:"columns"`
	Header    bool   `json:"header"`
	QuoteAll  bool   `json:"quoteAll"`
	SlipType  string `json:"slipType"`
	Registers bool   `json:"registers"`
}

type methodFile struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"` // HTML
	Kind        string `json:"kind"`
	Stopped     bool   `json:"stopped"`
}

type deliveryFile struct {
	ID      string           `json:"id"`
	Name    string           `json:"name"`
	Carrier shipping.Carrier `json:"carrier"`
}

func (f *settingsFile) settings() shop.Settings {
	s := shop.Settings{
		Mode: f.CaptureMode, Installments: f.Installments, InstallmentMinimum: f.InstallmentMinimum,
		ThreeDSecure: f.ThreeDSecure, RiskAmount: f.RiskAmount, NoSecurityCode: f.SecurityCode != nil && !*f.SecurityCode, Saving: f.CardOnFile,
		Sender: shop.Sender(f.Sender), B2: shop.B2(f.B2), FeeRate: shop.DefaultFeeRate, NoRegistration: f.OrderRegistration != nil && !*f.OrderRegistration,
	}
	if f.FeeRate != nil {
		s.FeeRate = *f.FeeRate
	}
	for _, m := range f.Methods {
		s.Methods = append(s.Methods, shop.PaymentMethod{
			ID: m.ID, Name: m.Name, Description: registry.Describe(m.Description), Kind: m.Kind, Stopped: m.Stopped,
		})
	}
	for _, m := range f.Deliveries {
		s.Deliveries = append(s.Deliveries, shipping.Method(m))
	}
	return s
}
