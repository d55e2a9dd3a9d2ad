package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// closeAtOnce is how many days are closed in one go, and written down.
const closeAtOnce = 31

// close closes what is over of a tenant's days, the oldest first, and gives all
// closed ones, oldest first.
func (d *Days) close(ctx context.Context, t shop.Tenant) ([]Day, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for {
		kept, err := d.load(ctx, t)
		if err != nil {
			return nil, err
		}
		due, err := d.due(ctx, t, kept.days)
		if err != nil || len(due) == 0 {
			return kept.days, err
		}
		fresh, err := d.count(ctx, t, kept.days, due)
		if err != nil {
			return nil, err
		}
		if err := d.keep(ctx, t, kept, fresh); err != nil && !errors.Is(err, ledger.ErrStale) { // else another process was quicker
			return nil, err
		}
		d.o.Logger.LogAttrs(ctx, slog.LevelInfo, "days closed", slog.String("shop", string(t.Shop)), slog.String("environment", string(t.Environment)),
			slog.Int("days", len(fresh)), slog.String("last", fresh[len(fresh)-1].Date))
	}
}

// due gives the next days that are over and not closed; none: all are.
func (d *Days) due(ctx context.Context, t shop.Tenant, closed []Day) ([]cut, error) {
	next, number, err := d.next(ctx, t, closed)
	if err != nil || next.IsZero() {
		return nil, err
	}
	var list []cut
	for today := dayOf(d.o.Clock()); next.Before(today) && len(list) < closeAtOnce; next = nextDay(next) {
		upto, err := d.o.Books.Before(ctx, nextDay(next))
		if err != nil {
			return nil, err
		}
		number = max(number, upto)
		list = append(list, cut{start: next, end: nextDay(next), upto: number})
	}
	return list, nil
}

// next is the day after the closed ones, and where it begins in the journal; the
// zero time: nothing has happened yet.
func (d *Days) next(ctx context.Context, t shop.Tenant, closed []Day) (time.Time, uint64, error) {
	if n := len(closed); n > 0 {
		last, err := time.ParseInLocation(dayForm, closed[n-1].Date, shop.Tokyo)
		return nextDay(last), closed[n-1].Number, err
	}
	newest, err := d.o.Books.List(ctx, ledger.Query{Tenant: t, Filter: ledger.Filter{Registrations: true}, Limit: 1})
	if err != nil || len(newest.Payments) == 0 && !newest.More { // most shops have one environment without a payment
		return time.Time{}, 0, err
	}
	for q := (ledger.JournalQuery{Tenant: &t, Kinds: []payment.Kind{payment.KindCreated}, Limit: 1}); ; {
		page, err := d.o.Books.Read(ctx, q)
		if err != nil || !page.More && len(page.Entries) == 0 {
			return time.Time{}, 0, err
		}
		if len(page.Entries) > 0 {
			return dayOf(page.Entries[0].Event.Time), 0, nil
		}
		q.After = page.Looked
	}
}

// keptDays is what the books have of a tenant's days: a document a month.
type keptDays struct {
	months map[string]ledger.Document // by YYYY-MM
	days   []Day
}

func monthOf(date string) string { return date[:len("2006-01")] }

func daysDocument(t shop.Tenant, month string) ledger.DocumentName {
	return ledger.DocumentName{Kind: ledger.DocumentDays, ID: string(t.Environment) + "/" + string(t.Shop) + "/" + month}
}

func (d *Days) load(ctx context.Context, t shop.Tenant) (*keptDays, error) {
	kept, own := &keptDays{months: map[string]ledger.Document{}}, daysDocument(t, "").ID
	var wrong error
	err := d.o.Books.EachDocument(ctx, func(doc ledger.Document) bool {
		month, ours := strings.CutPrefix(doc.ID, own)
		if doc.Kind != ledger.DocumentDays || !ours {
			return true
		}
		var days []Day
		if wrong = json.Unmarshal(doc.Body, &days); wrong != nil {
			return false
		}
		for i := range days {
			days[i].Closed = true
		}
		kept.months[month], kept.days = doc, append(kept.days, days...)
		return true
	})
	slices.SortFunc(kept.days, func(a, b Day) int { return strings.Compare(a.Date, b.Date) })
	return kept, errors.Join(err, wrong)
}

// keep writes days down, once and for all.
func (d *Days) keep(ctx context.Context, t shop.Tenant, kept *keptDays, fresh []Day) error {
	now, r, of := d.o.Clock(), ledger.Revision{}, map[string][]Day{}
	for i := range kept.days {
		of[monthOf(kept.days[i].Date)] = append(of[monthOf(kept.days[i].Date)], kept.days[i])
	}
	var months []string
	for i := range fresh {
		day := &fresh[i]
		month := monthOf(day.Date)
		of[month] = append(of[month], *day)
		if !slices.Contains(months, month) {
			months = append(months, month)
		}
		r.Trail = append(r.Trail, ledger.AuditEntry{
			Tenant: t, Time: now, Actor: "kessai", Resource: "dayCloses/" + day.Date, Action: "created", Fields: []ledger.AuditField{
				{Field: "held", After: strconv.FormatInt(day.Closing.Held, 10)},
				{Field: "charged", After: strconv.FormatInt(day.Closing.Charged, 10)},
				{Field: "journalNumber", After: strconv.FormatUint(day.Number, 10)},
			},
		})
	}
	for _, month := range months {
		doc := kept.months[month]
		body, err := json.Marshal(of[month])
		if err != nil {
			return fmt.Errorf("report: %w", err)
		}
		doc.DocumentName, doc.Body, doc.Updated = daysDocument(t, month), body, now
		r.Documents = append(r.Documents, doc)
	}
	return d.o.Books.Revise(ctx, r)
}
