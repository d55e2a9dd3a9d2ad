package shop

import (
	"fmt"

	"kessai.dev/kessai/internal/money"
)

// MaxHoldDays is the longest hold that a contract can name. The provider's are
// about 60 days (R31, P84); reservations are up to nine months ahead.
const MaxHoldDays = 365

// maxAccessKey: the provider's keys are 2 to 7 digits (protocol 5); what it may
// issue one day is left open.
const maxAccessKey = 64

// Check says what is wrong with a contract in itself (R12). The error is Faults.
func (c *Contract) Check() error {
	k := &checking{}
	k.say(!onlyDigits(c.TraderCode) || len(c.TraderCode) != 9, "contract", "trader_code", "is the nine digits that the provider issued")
	k.say(!visible(string(c.AccessKey)) || len(c.AccessKey) > maxAccessKey, "contract", "access_key", "is the digits at the end of the access URL that the provider issued, without blanks")
	k.say(c.AmountLimit < 0 || c.AmountLimit > money.Max, "contract", "amount_limit", fmt.Sprintf("is yen, 0 (none of its own) to %s", money.Max))
	k.say(c.HoldDays < 1 || c.HoldDays > MaxHoldDays, "contract", "hold_days", fmt.Sprintf("is 1 to %d days", MaxHoldDays))
	return k.err()
}

// Complete reports whether cards can be taken under the contract in an
// environment: trader code and access key are there, and TEST was applied for
// (R12, R20).
func (c *Contract) Complete(env Environment) bool {
	return c.Check() == nil && c.AccessKey != "" && (env != Test || c.Flags.TestAllowed)
}

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// visible reports whether s is visible ASCII; nothing is.
func visible(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
