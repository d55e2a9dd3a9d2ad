package desk

import (
	"context"
	"errors"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// journalPage is how many events are read at a time.
const journalPage = 1000

// Erase destroys the personal data of payments that were over for as long as their
// shop keeps it (P103): whoever bought, where it was sent and what. The events
// stay, and still verify; so do a member's cards on file, which are not a
// payment's. It follows the journal, so that each payment is looked at once, when
// its last event is old enough, and a million of them cost a day's events a day.
// Doing it again does nothing twice.
func (d *Desk) Erase(ctx context.Context) error {
	if d.o.Journal == nil {
		return nil
	}
	var failed []error
	for _, t := range d.tenants() {
		if days := t.settings.Care.RetentionDays; days > 0 {
			n, err := d.erase(ctx, t, d.o.Clock().AddDate(0, 0, -days))
			failed = append(failed, err)
			d.did(ctx, t, didErase, n)
		}
	}
	return errors.Join(failed...)
}

// erase goes on from where it ended, up to what is as old as that.
func (d *Desk) erase(ctx context.Context, t tenant, old time.Time) (n int, err error) {
	until, err := d.o.Journal.Before(ctx, old)
	if err != nil {
		return 0, err
	}
	last, err := d.o.Journal.Last(ctx)
	if err != nil {
		return 0, err
	}
	at, err := d.o.Notebook.erasedTo(ctx, t.Tenant)
	if err != nil {
		return 0, err
	}
	if at > last { // another, shorter journal: a backup was put in place of it
		at = 0
	}
	for at < until {
		page, err := d.o.Journal.Read(ctx, ledger.JournalQuery{Tenant: &t.Tenant, After: at, Until: until, Limit: journalPage})
		if err != nil {
			return n, err
		}
		did, err := d.erasePage(ctx, page.Entries, old)
		if n += did; err != nil {
			return n, err
		}
		at = page.Looked
		if !page.More {
			at = until
		}
		if err := d.o.Notebook.keepErased(ctx, t.Tenant, at); err != nil {
			return n, err
		}
	}
	return n, nil
}

// erasePage erases those payments whose last event is among the entries.
func (d *Desk) erasePage(ctx context.Context, entries []ledger.JournalEntry, old time.Time) (n int, err error) {
	seen := map[payment.ID]bool{}
	for i := range entries {
		id := entries[i].Payment
		if seen[id] {
			continue
		}
		seen[id] = true
		p, err := d.o.Books.Load(ctx, id)
		if err != nil {
			return n, err
		}
		// What is not over yet comes here again with its last event; a hold that lapses
		// has one shortly before, when that is told of.
		if p.Updated.After(old) || !p.Over(d.o.Clock()) {
			continue
		}
		if err := d.o.Books.Erase(ctx, id); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
