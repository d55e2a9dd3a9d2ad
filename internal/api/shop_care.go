package api

import (
	"slices"

	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

// changeCare writes what is given over what is there. What reads as what counts
// without a choice, and is sent back so, is no choice.
func changeCare(v *registry.Settings, given *shopv1.Settings) {
	if c := given.GetCare(); c != nil {
		v.Care = shop.Care{
			ConfirmMinutes:  chosen(int(c.GetConfirmMinutes()), v.Care.ConfirmMinutes, shop.DefaultConfirmMinutes),
			Orphans:         chosen(shop.OrphanRule(c.GetOrphans()), v.Care.Orphans, shop.OrphansWait),
			OrphanHours:     chosen(int(c.GetOrphanHours()), v.Care.OrphanHours, shop.DefaultOrphanHours),
			ReauthorizeDays: int(c.GetReauthorizeDays()),
			SlipDays:        chosen(int(c.GetSlipDays()), v.Care.SlipDays, shop.DefaultSlipDays),
			CorrectionLimit: chosen(money.Yen(c.GetCorrectionLimit()), v.Care.CorrectionLimit, shop.DefaultCorrectionLimit),
			RetentionDays:   int(c.GetRetentionDays()),
		}
	}
	if d := given.GetDeposit(); d != nil {
		v.Deposit = depositOf(d, v.Deposit)
	}
}

// depositOf reads what is given; what counts without a choice, and is sent back
// as it was read, is no choice.
func depositOf(given *shopv1.Deposit, before shop.Deposit) shop.Deposit {
	usual := shop.Deposit{}.OrDefault()
	out := shop.Deposit{PayDays: chosen(int(given.GetPayDays()), before.PayDays, usual.PayDays)}
	for _, day := range given.GetClosingDays() {
		out.ClosingDays = append(out.ClosingDays, int(day))
	}
	if len(before.ClosingDays) == 0 && slices.Equal(out.ClosingDays, usual.ClosingDays) {
		out.ClosingDays = nil
	}
	return out
}

// chosen is what a caller chose: nothing, where nothing was chosen before and what
// is given is what counts then.
func chosen[T comparable](given, before, absent T) T {
	var nothing T
	if before == nothing && given == absent {
		return nothing
	}
	return given
}

// orValue gives v, or what counts without it.
func orValue[T comparable](v, absent T) T {
	var nothing T
	if v == nothing {
		return absent
	}
	return v
}

// careMessage shows what counts.
func careMessage(c *shop.Care) *shopv1.Care {
	return &shopv1.Care{
		ConfirmMinutes:  *number(orValue(c.ConfirmMinutes, shop.DefaultConfirmMinutes)),
		Orphans:         string(orValue(c.Orphans, shop.OrphansWait)),
		OrphanHours:     *number(orValue(c.OrphanHours, shop.DefaultOrphanHours)),
		ReauthorizeDays: *number(c.ReauthorizeDays),
		SlipDays:        *number(orValue(c.SlipDays, shop.DefaultSlipDays)),
		CorrectionLimit: *number(orValue(c.CorrectionLimit, shop.DefaultCorrectionLimit)),
		RetentionDays:   *number(c.RetentionDays),
	}
}

func depositMessage(d *shop.Deposit) *shopv1.Deposit {
	counts := d.OrDefault()
	out := &shopv1.Deposit{PayDays: *number(counts.PayDays)}
	for _, day := range counts.ClosingDays {
		out.ClosingDays = append(out.ClosingDays, *number(day))
	}
	return out
}

// care is checked for what a field can be at all; what goes together is judged
// behind the door.
func (k *checker) care(c *shopv1.Care, d *shopv1.Deposit) {
	k.oneOf("settings.care.orphans", c.GetOrphans(), string(shop.OrphansWait), string(shop.OrphansRegister), string(shop.OrphansCancel))
	k.within("settings.care.correction_limit", c.GetCorrectionLimit(), 0, int32(money.Max))
	k.within("settings.deposit.pay_days", d.GetPayDays(), 0, shop.MaxPayDays)
}
