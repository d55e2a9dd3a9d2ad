package registry

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/b2"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// R12 R16 R22: what is set is there, in the directory at once and after a
// restart, in its trail, and in no other tenant (P89).
func TestSettings(t *testing.T) {
	r := newRig(t, nil)
	before := r.settings(test)
	under, _, _ := r.live.Now().Contract(test.Tenant)
	after := r.set(test, func(s *Settings) {
		s.Name, s.Mode, s.FeeRate, s.Sender.Name = "新しい店", shop.AuthorizeAndCapture, 325, "山田商店"
		s.Methods = nil // has a call of its own
	})
	if after.Etag == before.Etag || after.Name != "新しい店" || len(after.Methods) != 2 || !after.Updated.Equal(r.now) {
		t.Errorf("%+v", after)
	}
	if under.Settings.Mode != "" {
		t.Error("what was under way sees the change")
	}
	for range 2 {
		s, _, ok := r.live.Now().Contract(test.Tenant)
		if !ok || s.Name != "新しい店" || s.Settings.Mode != shop.AuthorizeAndCapture || s.Settings.FeeRate != 325 {
			t.Errorf("directory: %+v", s)
		}
		for _, w := range []Who{production, other} {
			if s := r.settings(w); s.Mode != "" || s.FeeRate != shop.DefaultFeeRate || s.Sender.Name != "" {
				t.Errorf("%v: %+v", w.Tenant, s)
			}
			if s, _, _ := r.live.Now().Contract(w.Tenant); s.Settings.Mode != "" {
				t.Errorf("%v: %+v", w.Tenant, s)
			}
			if last := r.last(w); last.Actor != house {
				t.Errorf("%v: %+v", w.Tenant, last)
			}
		}
		last := r.last(test)
		want := "[{shopName Shop a 新しい店} {captureMode AUTHORIZE AUTHORIZE_AND_CAPTURE} {feeRate 500 325} {sender.name  山田商店}]"
		if last.Actor != test.Actor || last.Resource != "settings" || last.Action != updated || fmt.Sprint(last.Fields) != want {
			t.Errorf("%+v", last)
		}
		r.restart(nil)
	}
}

// P36: a change on what was read before another change is refused; what changes
// nothing is not written.
func TestEtag(t *testing.T) {
	r := newRig(t, nil)
	first := r.settings(test)
	r.set(test, func(s *Settings) { s.Installments = true })
	rename := func(s *Settings) error { s.Name = "x"; return nil }
	if _, err := r.ChangeSettings(t.Context(), test, first.Etag, rename); !errors.Is(err, ledger.ErrStale) {
		t.Errorf("%v", err)
	}
	n := len(r.trail(test))
	now := r.settings(test)
	if s, err := r.ChangeSettings(t.Context(), test, now.Etag, func(*Settings) error { return nil }); err != nil || s.Etag != now.Etag || len(r.trail(test)) != n {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := r.ChangeSettings(t.Context(), test, now.Etag, rename); err != nil {
		t.Error(err)
	}
	mine := errors.New("mine")
	if _, err := r.ChangeSettings(t.Context(), test, "", func(s *Settings) error { s.Name = "y"; return mine }); !errors.Is(err, mine) || r.settings(test).Name != "x" {
		t.Errorf("%v", err)
	}
	nobody := Who{Tenant: shop.Tenant{Shop: "b", Environment: shop.Production}}
	if _, err := r.ChangeSettings(t.Context(), nobody, "", rename); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

// R13 R14 R15 R18 R19 R22: what breaks a rule is refused field by field, and
// nothing of it is kept.
func TestSettingsRules(t *testing.T) {
	r := newRig(t, nil)
	for want, change := range map[string]func(*Settings){
		"settings.shop_name":                                func(s *Settings) { s.Name = " " },
		"settings.capture_mode settings.card_on_file":       func(s *Settings) { s.Mode, s.Saving = "LATER", "MAYBE" },
		"settings.three_d_secure":                           func(s *Settings) { s.ThreeDSecure = "SOMETIMES" },
		"settings.security_code":                            func(s *Settings) { s.NoSecurityCode = true },
		"settings.risk_amount":                              func(s *Settings) { s.RiskAmount = -1 },
		"settings.installment_minimum":                      func(s *Settings) { s.InstallmentMinimum = 10_000_000 },
		"settings.fee_rate":                                 func(s *Settings) { s.FeeRate = 10_001 },
		"settings.sender.name":                              func(s *Settings) { s.Sender.Name = strings.Repeat("店", 17) },
		"settings.sender.address":                           func(s *Settings) { s.Sender.Address = "東京都中央区𪛖" }, // P94: B2 has no such character
		"settings.sender.building":                          func(s *Settings) { s.Sender.Building = "銀座ビル\n2階" },
		"settings.sender.name_kana":                         func(s *Settings) { s.Sender.NameKana = "山田" },
		"settings.sender.postal_code settings.sender.phone": func(s *Settings) { s.Sender.PostalCode, s.Sender.Phone = "104006", "+81-3-1234" },
		"settings.sender.billing_code settings.sender.billing_class settings.sender.freight_number": func(s *Settings) {
			s.Sender.BillingCode, s.Sender.BillingClass, s.Sender.FreightNumber = "1234567890123", "12", "1"
		},
		"settings.b2.columns":   func(s *Settings) { s.B2.Columns = 96 },
		"settings.b2.slip_type": func(s *Settings) { s.B2.SlipType = "2" }, // コレクト would collect the price again
	} {
		before := r.settings(test)
		_, err := r.ChangeSettings(t.Context(), test, "", func(s *Settings) error { change(s); return nil })
		if fields(err) != want {
			t.Errorf("want %s: %v", want, err)
		}
		if r.settings(test).Etag != before.Etag {
			t.Errorf("%s: it was written", want)
		}
	}
	r.o.NoReturn = true
	_, err := r.ChangeSettings(t.Context(), test, "", func(s *Settings) error { s.ThreeDSecure = shop.ThreeDSecureOn; return nil })
	if fields(err) != "settings.three_d_secure" {
		t.Errorf("nobody could come back: %v", err)
	}
}

// R19 P94: a sender that the settings take is one that B2 prints.
func TestSenderAsB2(t *testing.T) {
	text := rapid.StringMatching(`[ -~あ-んァ-ヶ亜-龠ｱ-ﾝＡ-Ｚ①-⑳～－🦄-🦏]{0,20}`)
	rapid.Check(t, func(t *rapid.T) {
		s := shop.Settings{Sender: shop.Sender{
			Name: text.Draw(t, "name"), NameKana: text.Draw(t, "kana"), Address: text.Draw(t, "address"), Building: text.Draw(t, "building"),
			PostalCode: rapid.StringMatching(`[0-9]{2,4}-?[0-9]{3,5}`).Draw(t, "postal"), Phone: rapid.StringMatching(`[0-9-]{0,17}`).Draw(t, "phone"),
			BillingCode: rapid.StringMatching(`[0-9]{0,14}`).Draw(t, "billing"), BillingClass: rapid.StringMatching(`[0-9]{0,4}`).Draw(t, "class"), FreightNumber: rapid.StringMatching(`[0-9]{0,3}`).Draw(t, "freight"),
		}}
		if Check(&s, &shop.Contract{}) != nil {
			return
		}
		from := &s.Sender
		_, findings := b2.Encode(&b2.Shipment{Reference: "x", SlipType: "0", From: b2.Sender{
			Party:       b2.Party{Name: from.Name, Kana: from.NameKana, Phone: from.Phone, PostalCode: from.PostalCode, Line1: from.Address, Line2: from.Building},
			BillingCode: from.BillingCode, BillingClass: from.BillingClass, Freight: from.FreightNumber,
		}}, b2.Options{})
		for _, f := range findings {
			if f.Refuses && f.Kind != b2.Missing && senderFields[f.Column] != "" {
				t.Fatalf("%+v: %s", from, f.English())
			}
			if f.Kind == b2.Cut && f.Column == 26 || f.Kind == b2.Blanked {
				t.Fatalf("the reading %q would not be printed whole: %s", from.NameKana, f.English())
			}
		}
	})
}

// Two changes at once: all are in, and the trail has them in their order (P36).
func TestAtOnce(t *testing.T) {
	const workers = 32
	r := newRig(t, nil)
	before := len(r.trail(test))
	together(workers, func(i int) {
		_, err := r.ChangeSettings(t.Context(), test, "", func(s *Settings) error {
			s.Sender.Name += string(rune('A' + i%26))
			s.FeeRate++
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	for range 2 {
		s := r.settings(test)
		if s.FeeRate != shop.DefaultFeeRate+workers || len(s.Sender.Name) != workers {
			t.Errorf("%+v", s)
		}
		trail := r.trail(test)[before:]
		if len(trail) != workers {
			t.Fatalf("%d entries", len(trail))
		}
		for i, c := range trail {
			if got, want := c.Fields[0].Before+" "+c.Fields[0].After, fmt.Sprint(shop.DefaultFeeRate+i, shop.DefaultFeeRate+i+1); got != want {
				t.Errorf("entry %d: %s, want %s", c.Sequence, got, want)
			}
		}
		r.restart(nil)
	}
}
