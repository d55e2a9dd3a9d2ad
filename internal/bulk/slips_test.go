package bulk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/bulk"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// held puts an authorized order into the books.
func (p *provider) held(n int, yamato bool, to string, slips ...string) payment.ID {
	pay := &payment.Payment{ID: id(n), Opening: payment.Opening{Tenant: first.Tenant, Yamato: yamato}, State: payment.Authorized, Amount: 5080}
	for _, s := range slips {
		pay.Shipments = append(pay.Shipments, payment.Shipment{Carrier: shipping.CarrierYamato, Slip: s, Registered: true})
	}
	p.payments[pay.ID] = pay
	if to != "" {
		p.orders[pay.ID] = &payment.Order{ShipTos: []payment.Address{{Name: to, Prefecture: "東京都"}}}
	}
	return pay.ID
}

// slip gives the n-th sound slip of a run.
func slip(n int) string {
	eleven := int64(40_000_000_000 + n)
	return fmt.Sprintf("%d%d", eleven, eleven%7)
}

// P60 P62 P70: the slips of a batch are looked through before it begins, beside
// each other and beside what the shop's newest payments have.
func TestCheckSlips(t *testing.T) {
	p := newProvider()
	parcels := []bulk.Parcel{
		{Payment: p.held(0, true, "佐藤"), Slip: slip(0)},
		{Payment: p.held(1, true, "鈴木")}, // none yet (R31)
		{Payment: p.held(2, true, "高橋"), Slip: slip(0)},
		{Payment: p.held(3, true, "田中"), Slip: slip(1)},
		{Payment: p.held(4, true, "伊藤"), Slip: strings.Replace(slip(4), "4", "5", 1)},
		{Payment: p.held(5, false, "渡辺"), Slip: "EE123456789JP"},
		{Payment: p.held(6, false, "山本"), Slip: slip(6)},
		{Payment: id(77), Slip: slip(1)}, // unknown
		{Payment: p.held(8, true, "中村", slip(8)), Slip: slip(8)},
		{Payment: p.held(9, true, "小林"), Slip: "000000000000"},
		{Payment: p.held(10, true, "加藤"), Slip: slip(12)},
	}
	taken := p.held(20, true, "吉田", slip(1))
	bundled := p.held(21, true, "加藤", slip(12))
	p.payments[id(22)] = &payment.Payment{
		ID: id(22), Opening: payment.Opening{Tenant: shop.Tenant{Shop: "second", Environment: shop.Test}},
		Shipments: []payment.Shipment{{Carrier: shipping.CarrierYamato, Slip: slip(8), Registered: true}},
	}
	warnings, err := bulk.New(bulk.Options{Payments: p}).CheckSlips(t.Context(), first, parcels)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range warnings {
		got = append(got, fmt.Sprint(w.Kind, " ", w.Places, " ", w.Others))
		if strings.Contains(w.English()+w.Japanese(), "%!") || !strings.Contains(w.Japanese(), "件目：") || !strings.HasPrefix(w.English(), "item") {
			t.Errorf("%s / %s", w.English(), w.Japanese())
		}
	}
	want := []string{
		"used_twice [0 2] []", fmt.Sprint("used_twice [3] [", taken, "]"), "not_yamato [4] []", "yamato_form [6] []",
		"placeholder [9] []", fmt.Sprint("bundle [10] [", bundled, "]"),
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	if says := warnings[0].English(); !strings.HasPrefix(says, "items 1, 3: ") {
		t.Error(says)
	}
	if says := warnings[1].English(); !strings.Contains(says, taken.Name()+" has it already") {
		t.Error(says)
	}
	if s := warnings[2].Suggestions; len(s) == 0 || string(s[0].Slip) != slip(4) {
		t.Errorf("suggests %v", s)
	}
}

// P60: a single slip that cannot be is held against the newest of the shop.
func TestSuggest(t *testing.T) {
	p := newProvider()
	p.held(0, true, "", slip(3))
	p.held(1, true, "", slip(5))
	b := bulk.New(bulk.Options{Payments: p})
	got, err := b.Suggest(t.Context(), first, strings.Replace(slip(4), "4", "5", 1))
	if err != nil || len(got) == 0 || string(got[0].Slip) != slip(4) {
		t.Errorf("%v %v", got, err)
	}
	if got, err := b.Suggest(t.Context(), first, "no number"); err != nil || got != nil {
		t.Errorf("%v %v", got, err)
	}
}
