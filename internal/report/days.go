package report

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/rounds"
	"kessai.dev/kessai/internal/shop"
)

// DayBooks is what day closes read, and where they are kept.
type DayBooks interface {
	ledger.Journal
	ledger.Sealed
	History(ctx context.Context, id payment.ID) ([]payment.Event, error)
	List(ctx context.Context, q ledger.Query) (ledger.Page, error)
	EachDocument(ctx context.Context, yield func(ledger.Document) bool) error
	Revise(ctx context.Context, r ledger.Revision) error
}

// DaysOptions are what Days are made of. All but Logger are needed.
type DaysOptions struct {
	Books     DayBooks
	Directory shop.Source
	Clock     func() time.Time
	Logger    *slog.Logger
}

// Days tell what happened to a shop's money, day by day of Japan. A day that is over
// is closed once: its last number in the journal is fixed then, and what is written
// later belongs to the next day, whatever time it bears; so a closed day never
// changes, and each one opens with what the day before left. Safe for concurrent use.
type Days struct {
	o  DaysOptions
	mu sync.Mutex // held while days are closed
}

// NewDays makes them.
func NewDays(o DaysOptions) *Days {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return &Days{o: o}
}

// Day is one day of a shop. Its JSON, of a closed one, is kept for ever.
type Day struct {
	Date      string          `json:"date"` // YYYY-MM-DD in Japan
	Opening   payment.Balance `json:"opening"`
	Movements []DayMovement   `json:"movements,omitempty"` // in the order of payment.MovementKinds
	Closing   payment.Balance `json:"closing"`
	Number    uint64          `json:"number"` // of its last event in the journal; 0: nothing was before it
	// Until is the latest end of a hold that an event of the day told of; zero: none did.
	Until  time.Time `json:"until,omitzero"`
	Closed bool      `json:"-"`
	// Seal is the hash of the first seal of the books that covers it, in hexadecimal;
	// empty: it is not sealed yet.
	Seal string `json:"-"`
}

// DayMovement is the sum of one kind of movement.
type DayMovement struct {
	Kind  payment.MovementKind `json:"kind"`
	Count int                  `json:"count"`
	By    payment.Balance      `json:"by"`
}

// DayPage is some days, newest first. More: there are older ones.
type DayPage struct {
	Days []Day
	More bool
}

// Rounds closes each shop's days, a while after midnight.
func (d *Days) Rounds() []rounds.Round {
	return []rounds.Round{{Name: "day-close", At: 20 * time.Minute, Run: d.CloseAll}}
}

// CloseAll closes every day that is over, of every shop. One that cannot be closed
// keeps no other one from it.
func (d *Days) CloseAll(ctx context.Context) error {
	var errs []error
	for _, t := range d.o.Directory.Now().Tenants() {
		if _, err := d.close(ctx, t); err != nil && ctx.Err() == nil {
			errs = append(errs, fmt.Errorf("day close of %s in %s: %w", t.Shop, t.Environment, err))
		}
	}
	return errors.Join(append(errs, ctx.Err())...)
}

// Day gives one day, YYYY-MM-DD; today as it is so far. It returns
// ledger.ErrNotFound for a day before the shop's first event, and a
// *payment.InvalidError for what is no day, or lies in the future.
func (d *Days) Day(ctx context.Context, t shop.Tenant, date string) (Day, error) {
	at, err := time.ParseInLocation(dayForm, date, shop.Tokyo)
	if err != nil || at.After(d.o.Clock()) {
		return Day{}, &payment.InvalidError{Violations: []payment.Violation{{Field: "name", Text: "must be dayCloses/YYYY-MM-DD, a day in Japan that has begun"}}}
	}
	page, err := d.Days(ctx, t, at.AddDate(0, 0, 1).Format(dayForm), 1)
	if err == nil && (len(page.Days) == 0 || page.Days[0].Date != date) {
		err = ledger.ErrNotFound
	}
	if err != nil {
		return Day{}, err
	}
	return page.Days[0], nil
}

// Days gives the days before one, newest first, at most limit; before is YYYY-MM-DD,
// empty: from today on.
func (d *Days) Days(ctx context.Context, t shop.Tenant, before string, limit int) (DayPage, error) {
	list, err := d.close(ctx, t)
	if err != nil {
		return DayPage{}, err
	}
	if before == "" || before > dayOf(d.o.Clock()).Format(dayForm) { // else today is not asked for
		today, err := d.today(ctx, t, list)
		if err != nil {
			return DayPage{}, err
		}
		if today != nil {
			list = append(list, *today)
		}
	}
	slices.Reverse(list)
	if before != "" {
		list = slices.DeleteFunc(list, func(day Day) bool { return day.Date >= before })
	}
	page := DayPage{Days: list[:min(limit, len(list))], More: len(list) > limit}
	for i := range page.Days {
		if page.Days[i].Seal, err = d.seal(ctx, page.Days[i].Number); err != nil {
			return DayPage{}, err
		}
	}
	return page, nil
}

func (d *Days) seal(ctx context.Context, number uint64) (string, error) {
	if number == 0 {
		return "", nil
	}
	encoded, err := d.o.Books.SealAfter(ctx, number)
	if err != nil || encoded == nil {
		return "", err
	}
	hash := ledger.SealHash(encoded)
	return hex.EncodeToString(hash[:]), nil
}
