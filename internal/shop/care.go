package shop

import (
	"fmt"
	"time"

	"kessai.dev/kessai/internal/money"
)

// The limits of Care and Deposit.
const (
	MinConfirmMinutes = 5
	MaxConfirmMinutes = 24 * 60
	MaxOrphanHours    = 30 * 24
	MaxCareDays       = 30 // of reauthorization and late slips
	MinRetentionDays  = 30
	MaxRetentionDays  = 3650
	MaxClosingDay     = 31
	MaxPayDays        = 90
)

// ConfirmWithin is how long the shop may take to say that it has an order (R39).
func (c *Care) ConfirmWithin() time.Duration {
	return time.Duration(orDefault(c.ConfirmMinutes, DefaultConfirmMinutes)) * time.Minute
}

// OrphanAge is how old a lost order is when the shop's rule acts.
func (c *Care) OrphanAge() time.Duration {
	return time.Duration(orDefault(c.OrphanHours, DefaultOrphanHours)) * time.Hour
}

// SlipWithin is after how many days of a hold a slip is late (P71).
func (c *Care) SlipWithin() int { return orDefault(c.SlipDays, DefaultSlipDays) }

// OrDefault fills in what was not chosen: closed on the 15th and the last day of the
// month, and paid out 15 days later.
func (d Deposit) OrDefault() Deposit {
	if len(d.ClosingDays) == 0 {
		d.ClosingDays = []int{15, MaxClosingDay}
	}
	d.PayDays = orDefault(d.PayDays, 15)
	return d
}

func orDefault(n, absent int) int {
	if n == 0 {
		return absent
	}
	return n
}

// care: what is given lies within its limits, and the rule can be followed (R39,
// R42, P71, P103).
func (k *checking) care(s *Settings) {
	const in = "care"
	c := &s.Care
	within := func(field string, n, least, most int, unit string) {
		k.say(n != 0 && (n < least || n > most), in, field, fmt.Sprintf("is %d to %d %s, or 0 for what is usual", least, most, unit))
	}
	within("confirm_minutes", c.ConfirmMinutes, MinConfirmMinutes, MaxConfirmMinutes, "minutes")
	within("orphan_hours", c.OrphanHours, 1, MaxOrphanHours, "hours")
	within("reauthorize_days", c.ReauthorizeDays, 1, MaxCareDays, "days")
	within("slip_days", c.SlipDays, 1, MaxCareDays, "days")
	within("retention_days", c.RetentionDays, MinRetentionDays, MaxRetentionDays, "days")
	k.say(c.CorrectionLimit < 0 || c.CorrectionLimit > money.Max, in, "correction_limit", fmt.Sprintf("is yen, zero or more, up to %s", money.Max))
	switch c.Orphans {
	case "", OrphansWait, OrphansCancel:
	case OrphansRegister:
		k.say(s.NoRegistration, in, "orphans", "REGISTER needs order_registration to be on: switch it on, or choose WAIT or CANCEL")
	default:
		k.say(true, in, "orphans", fmt.Sprintf("%q: want WAIT, REGISTER or CANCEL", c.Orphans))
	}
	k.say(c.OrphanAge() < c.ConfirmWithin(), in, "orphan_hours", "is not shorter than confirm_minutes: an order is lost before anything is done about it")
}

// deposit: the days are days of a month, each once, in order.
func (k *checking) deposit(d *Deposit) {
	const in = "deposit"
	last := 0
	for _, day := range d.ClosingDays {
		k.say(day <= last || day > MaxClosingDay, in, "closing_days", fmt.Sprintf("are days of the month, 1 to %d, ascending; %d is the last day of every month", MaxClosingDay, MaxClosingDay))
		last = max(last, day)
	}
	k.say(d.PayDays < 0 || d.PayDays > MaxPayDays, in, "pay_days", fmt.Sprintf("is 1 to %d days, or 0 for what is usual", MaxPayDays))
}
