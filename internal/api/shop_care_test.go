package api_test

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

// R39 R42 P103: what is done without anybody's asking is a shop's choice: what
// was never chosen reads as what counts, what is sent back as it was read is no
// change, what is given replaces the old one whole, and the trail shows it.
func TestCare(t *testing.T) {
	h, shops := openShops(t, true)
	get := func() *shopv1.Settings {
		return h.ask(t, operatorKey, "GetSettings", &shopv1.GetSettingsRequest{}).(*shopv1.GetSettingsResponse).GetSettings()
	}
	update := func(s *shopv1.Settings) *shopv1.Settings {
		return h.ask(t, operatorKey, "UpdateSettings", &shopv1.UpdateSettingsRequest{Settings: s}).(*shopv1.UpdateSettingsResponse).GetSettings()
	}
	began := get()
	usual := &shopv1.Care{ConfirmMinutes: 30, Orphans: "WAIT", OrphanHours: 24, SlipDays: 7, CorrectionLimit: 100_000}
	paid := &shopv1.Deposit{ClosingDays: []int32{15, 31}, PayDays: 15}
	if !proto.Equal(began.GetCare(), usual) || !proto.Equal(began.GetDeposit(), paid) {
		t.Fatalf("%v", began)
	}
	if same := update(&shopv1.Settings{Care: usual, Deposit: paid}); same.GetEtag() != began.GetEtag() {
		t.Errorf("what was read is a change: %v", same)
	}
	care := &shopv1.Care{ConfirmMinutes: 60, Orphans: "CANCEL", OrphanHours: 48, ReauthorizeDays: 5, SlipDays: 3, CorrectionLimit: 1, RetentionDays: 365}
	deposit := &shopv1.Deposit{ClosingDays: []int32{10, 20}, PayDays: 7}
	if got := update(&shopv1.Settings{Care: care, Deposit: deposit}); !proto.Equal(got.GetCare(), care) || !proto.Equal(got.GetDeposit(), deposit) || got.GetFeeRate() != began.GetFeeRate() {
		t.Errorf("%v", got)
	}
	if got := get(); !proto.Equal(got.GetCare(), care) || !proto.Equal(got.GetDeposit(), deposit) {
		t.Errorf("%v", got)
	}
	if got := update(&shopv1.Settings{Care: &shopv1.Care{RetentionDays: 365}}); got.GetCare().GetConfirmMinutes() != 30 || got.GetCare().GetOrphans() != "WAIT" || !proto.Equal(got.GetDeposit(), deposit) {
		t.Errorf("%v", got)
	}
	changes, err := shops.Changes(t.Context(), registry.Who{Tenant: firstShop}, 0, 10)
	if err != nil || len(changes) < 2 {
		t.Fatalf("%v %v", changes, err)
	}
	trail := ""
	for _, f := range changes[1].Fields {
		trail += f.Field + ":" + f.Before + ">" + f.After + " "
	}
	for _, want := range []string{"care.orphans:WAIT>CANCEL", "care.retentionDays:0>365", "care.orphanHours:0>48", "deposit.closingDays:>10 20", "deposit.payDays:0>7"} {
		if !strings.Contains(trail, want) {
			t.Errorf("the trail has no %s: %s", want, trail)
		}
	}
}

// R39 R40 R42: what care and deposit cannot be is refused with its field.
func TestCareForm(t *testing.T) {
	h, _ := openShops(t, true)
	for _, c := range []struct {
		field string
		s     *shopv1.Settings
	}{
		{"settings.care.orphans", &shopv1.Settings{Care: &shopv1.Care{Orphans: "SELL"}}},
		{"settings.care.orphans", &shopv1.Settings{OrderRegistration: proto.Bool(false), Care: &shopv1.Care{Orphans: string(shop.OrphansRegister)}}},
		{"settings.care.confirm_minutes", &shopv1.Settings{Care: &shopv1.Care{ConfirmMinutes: 4}}},
		{"settings.care.confirm_minutes", &shopv1.Settings{Care: &shopv1.Care{ConfirmMinutes: -1}}},
		{"settings.care.orphan_hours", &shopv1.Settings{Care: &shopv1.Care{OrphanHours: 721}}},
		{"settings.care.orphan_hours", &shopv1.Settings{Care: &shopv1.Care{ConfirmMinutes: 120, OrphanHours: 1}}},
		{"settings.care.reauthorize_days", &shopv1.Settings{Care: &shopv1.Care{ReauthorizeDays: 31}}},
		{"settings.care.slip_days", &shopv1.Settings{Care: &shopv1.Care{SlipDays: 31}}},
		{"settings.care.correction_limit", &shopv1.Settings{Care: &shopv1.Care{CorrectionLimit: -1}}},
		{"settings.care.retention_days", &shopv1.Settings{Care: &shopv1.Care{RetentionDays: 29}}},
		{"settings.deposit.closing_days", &shopv1.Settings{Deposit: &shopv1.Deposit{ClosingDays: []int32{32}}}},
		{"settings.deposit.closing_days", &shopv1.Settings{Deposit: &shopv1.Deposit{ClosingDays: []int32{20, 10}}}},
		{"settings.deposit.pay_days", &shopv1.Settings{Deposit: &shopv1.Deposit{PayDays: 91}}},
	} {
		got, err := apitest.Protocols(t, h.with(operatorKey))[0].Call(t.Context(), "UpdateSettings", &shopv1.UpdateSettingsRequest{Settings: c.s}, nil)
		if err != nil || got.Reason != "INVALID_REQUEST" || len(got.Fields) != 1 || got.Fields[0] != c.field {
			t.Errorf("%s: %v %+v", c.field, err, got)
		}
	}
}
