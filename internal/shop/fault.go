package shop

import (
	"errors"
	"strings"
)

// Fault is what is wrong with one field of what a shop sets up.
type Fault struct {
	In    string // where the field lies: "", "sender", "b2", "contract", "payment_methods[0]", "delivery_methods[0]"
	Field string // as in the API: "risk_amount"
	Text  string // what is wrong, and what would be right
}

// Faults is all that is wrong, as an error.
type Faults []Fault

// Error names the fields as the config file does.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		where := one.Field
		if one.In != "" {
			where = one.In + "." + one.Field
		}
		lines[i] = configName(where) + ": " + one.Text
	}
	return strings.Join(lines, "\n")
}

// configName is how the config file spells a field.
func configName(field string) string {
	if in, ok := strings.CutSuffix(field, "].title"); ok {
		field = in + "].name"
	}
	parts := strings.Split(field, "_")
	for i, p := range parts[1:] {
		if p != "" {
			parts[i+1] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "")
}

// FaultsOf gives the faults in an error; none: it has no such cause.
func FaultsOf(err error) Faults {
	faults, _ := errors.AsType[Faults](err)
	return faults
}

// checking collects faults.
type checking struct{ faults Faults }

func (c *checking) say(wrong bool, in, field, text string) {
	if wrong {
		c.faults = append(c.faults, Fault{in, field, text})
	}
}

func (c *checking) err() error {
	if len(c.faults) == 0 {
		return nil
	}
	return c.faults
}
