package registry

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// field is a field by its name in JSON, as the trail and the warnings show it.
type field struct{ name, value string }

func yesNo(b bool) string { return strconv.FormatBool(b) }

// settingsFields are what UpdateSettings can change.
func settingsFields(t *tenant) []field {
	s := &t.settings
	return []field{
		{"shopName", t.name},
		{"captureMode", or(string(s.Mode), string(shop.Authorize))},
		{"threeDSecure", or(string(s.ThreeDSecure), string(shop.ThreeDSecureOff))},
		{"riskAmount", s.RiskAmount.String()},
		{"securityCode", yesNo(!s.NoSecurityCode)},
		{"cardOnFile", or(string(s.Saving), string(shop.SavingNever))},
		{"installments", yesNo(s.Installments)},
		{"installmentMinimum", s.InstallmentMinimum.String()},
		{"feeRate", strconv.Itoa(s.FeeRate)},
		{"orderRegistration", yesNo(!s.NoRegistration)},
		{"sender.name", s.Sender.Name},
		{"sender.nameKana", s.Sender.NameKana},
		{"sender.postalCode", s.Sender.PostalCode},
		{"sender.address", s.Sender.Address},
		{"sender.building", s.Sender.Building},
		{"sender.phone", s.Sender.Phone},
		{"sender.billingCode", s.Sender.BillingCode},
		{"sender.billingClass", s.Sender.BillingClass},
		{"sender.freightNumber", s.Sender.FreightNumber},
		{"b2.columns", strconv.Itoa(s.B2.Columns)},
		{"b2.header", yesNo(s.B2.Header)},
		{"b2.quoteAll", yesNo(s.B2.QuoteAll)},
		{"b2.slipType", s.B2.SlipType},
		{"b2.registers", yesNo(s.B2.Registers)},
		{"care.confirmMinutes", strconv.Itoa(s.Care.ConfirmMinutes)},
		{"care.orphans", or(string(s.Care.Orphans), string(shop.OrphansWait))},
		{"care.orphanHours", strconv.Itoa(s.Care.OrphanHours)},
		{"care.reauthorizeDays", strconv.Itoa(s.Care.ReauthorizeDays)},
		{"care.slipDays", strconv.Itoa(s.Care.SlipDays)},
		{"care.correctionLimit", s.Care.CorrectionLimit.String()},
		{"care.retentionDays", strconv.Itoa(s.Care.RetentionDays)},
		{"deposit.closingDays", strings.Trim(fmt.Sprint(s.Deposit.ClosingDays), "[]")},
		{"deposit.payDays", strconv.Itoa(s.Deposit.PayDays)},
		{"contract", t.contract},
	}
}

func or(s, absent string) string {
	if s == "" {
		return absent
	}
	return s
}

// accessKeyField shows only that a secret changes: its value is never in a
// field, but tells two of them apart.
const accessKeyField = "accessKey"

// secret reports whether a field's values are never shown.
func secret(name string) bool {
	return name == accessKeyField || name == secretField || name == queryField
}

func contractFields(c *shop.Contract) []field {
	return []field{
		{"traderCode", c.TraderCode},
		{accessKeyField, c.AccessKey.Reveal()},
		{"flags", strings.Join(c.Flags.Names(), " ")},
		{"amountLimit", c.AmountLimit.String()},
		{"holdDays", strconv.Itoa(c.HoldDays)},
	}
}

func methodFields(m *shop.PaymentMethod) []field {
	return []field{{"title", m.Name}, {"description", m.Description}, {"kind", m.Kind}, {"stopped", yesNo(m.Stopped)}}
}

func deliveryFields(m *shipping.Method) []field {
	return []field{{"title", m.Name}, {"carrier", string(m.Carrier)}}
}

func keyFields(k *Key) []field {
	scopes := make([]string, len(k.Scopes))
	for i, s := range k.Scopes {
		scopes[i] = string(s)
	}
	return []field{{"title", k.Title}, {"scopes", strings.Join(scopes, " ")}, {"expireTime", timeText(k.Expires)}}
}

func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// differ gives the fields that are not the same, without the values of secrets.
func differ(before, after []field) []ledger.AuditField {
	var out []ledger.AuditField
	for i, a := range after {
		f := ledger.AuditField{Field: a.name, After: a.value}
		if before != nil {
			f.Before = before[i].value
		}
		if f.Before == f.After {
			continue
		}
		if secret(a.name) {
			f.Before, f.After = "", ""
		}
		out = append(out, f)
	}
	return out
}

// entry is a line of the trail, but for who and when.
type entry struct {
	resource, action string
	fields           []ledger.AuditField
}

// The actions of the trail.
const (
	created = "created"
	updated = "updated"
	deleted = "deleted"
)

// compared is a resource that was there before and after; nothing if it is the
// same.
func compared(resource string, before, after []field) []entry {
	if fields := differ(before, after); len(fields) > 0 {
		return []entry{{resource, updated, fields}}
	}
	return nil
}

// item is one of a list: a payment or delivery method.
type item struct {
	id     string
	fields []field
}

// comparedLists says which items of a list came, went, changed, and whether
// those that stay have another order.
func comparedLists(kind string, before, after []item) (entries []entry) {
	find := func(list []item, id string) *item {
		for i := range list {
			if list[i].id == id {
				return &list[i]
			}
		}
		return nil
	}
	stay := func(list, other []item) (ids []string) {
		for _, i := range list {
			if find(other, i.id) != nil {
				ids = append(ids, i.id)
			}
		}
		return ids
	}
	for _, b := range before {
		if find(after, b.id) == nil {
			entries = append(entries, entry{kind + "/" + b.id, deleted, reversed(differ(nil, b.fields))})
		}
	}
	for _, a := range after {
		if b := find(before, a.id); b != nil {
			entries = append(entries, compared(kind+"/"+a.id, b.fields, a.fields)...)
		} else {
			entries = append(entries, entry{kind + "/" + a.id, created, differ(nil, a.fields)})
		}
	}
	if was, is := stay(before, after), stay(after, before); !slices.Equal(was, is) {
		entries = append(entries, entry{kind, updated, []ledger.AuditField{{Field: "order", Before: strings.Join(was, " "), After: strings.Join(is, " ")}}})
	}
	return entries
}

// reversed: what was, and is no more.
func reversed(fields []ledger.AuditField) []ledger.AuditField {
	for i := range fields {
		fields[i].Before, fields[i].After = fields[i].After, ""
	}
	return fields
}

func methodItems(list []shop.PaymentMethod) []item {
	out := make([]item, len(list))
	for i := range list {
		out[i] = item{list[i].ID, methodFields(&list[i])}
	}
	return out
}

func deliveryItems(list []shipping.Method) []item {
	out := make([]item, len(list))
	for i := range list {
		out[i] = item{list[i].ID, deliveryFields(&list[i])}
	}
	return out
}

// changesOf is all that became of a tenant.
func changesOf(before, after *tenant) []entry {
	all := compared("settings", settingsFields(before), settingsFields(after))
	all = append(all, comparedLists("paymentMethods", methodItems(before.settings.Methods), methodItems(after.settings.Methods))...)
	return append(all, comparedLists("deliveryMethods", deliveryItems(before.settings.Deliveries), deliveryItems(after.settings.Deliveries))...)
}

// names lists the fields that entries are about: what may be logged.
func names(entries []entry) (list []string) {
	for _, e := range entries {
		if len(e.fields) == 0 || e.action != updated {
			list = append(list, e.resource)
			continue
		}
		for _, f := range e.fields {
			name := f.Field
			if e.resource != "settings" {
				name = fmt.Sprintf("%s.%s", e.resource, f.Field)
			}
			list = append(list, name)
		}
	}
	return list
}
