package standby

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Options are what a Shipper needs.
type Options struct {
	Dir     string // the folder that it ships to; it is made if need be
	Books   ledger.Shipped
	Clock   func() time.Time
	Logger  *slog.Logger
	Segment int64 // bytes of a segment; 0: 64 MiB
}

const (
	defaultSegment = 64 << 20
	shipRecords    = 512
	shipBytes      = 4 << 20 // of a frame, after which it is full
	shipTurn       = 500 * time.Millisecond
	shipPause      = 100 * time.Millisecond // lets a frame gather more than one entry
	shipAgain      = 2 * time.Second        // after the folder could not be written
	shipBeat       = time.Second
	auditTurn      = 16 // files of keys that are held against the books, a turn
)

// Shipper sends the books on. Payments never wait for it: whatever becomes of the folder, it
// catches up.
type Shipper struct {
	o       Options
	run     string
	beat    uint64
	at      atomic.Uint64 // shipped, durably
	whole   atomic.Int64  // when it last had all, in nanoseconds
	pending pending
}

// pending is what changed without a record and is not yet shipped.
type pending struct {
	all    bool // every piece, as after a start
	keys   map[payment.ID]bool
	pieces map[ledger.PieceName]bool
}

// NewShipper makes a Shipper; Run lets it work.
func NewShipper(o Options) *Shipper {
	if o.Segment <= 0 {
		o.Segment = defaultSegment
	}
	s := &Shipper{o: o, run: hex.EncodeToString(NewToken()), pending: pending{keys: map[payment.ID]bool{}, pieces: map[ledger.PieceName]bool{}}}
	s.whole.Store(o.Clock().UnixNano())
	return s
}

// Behind is how many records are not shipped, and for how long it has not had all.
func (s *Shipper) Behind(ctx context.Context) (records uint64, lag time.Duration) {
	last, err := s.o.Books.Last(ctx)
	if at := s.at.Load(); err == nil && last > at {
		records = last - at
	}
	return records, max(s.o.Clock().Sub(time.Unix(0, s.whole.Load())), 0)
}

// Run ships until ctx ends, and then what is left. It returns ErrPromoted when a standby took over; all
// other trouble is told in the log, and tried again.
func (s *Shipper) Run(ctx context.Context) error {
	told := ""
	for {
		before := s.whole.Load()
		err := s.ship(ctx)
		if errors.Is(err, ErrPromoted) || ctx.Err() != nil {
			return err
		}
		if s.whole.Load() != before {
			told = "" // it went well in between
		}
		if text := err.Error(); text != told {
			told = text
			s.o.Logger.LogAttrs(ctx, slog.LevelError, "nothing is shipped to the standby, which is tried again", slog.String("dir", s.o.Dir), slog.Any("error", err))
		}
		select {
		case <-time.After(shipAgain):
		case <-ctx.Done():
			return s.ship(ctx) // it may be there again
		}
	}
}

// voyage is the folder as long as it can be written.
type voyage struct {
	*Shipper
	log   segment
	shelf *shelf
	at    mark
	audit []uint64 // files of keys that were not held against the books yet
	now   int64    // when this turn began, in nanoseconds
	wrote bool
	told  time.Time // when it last said how far it is
}

func (s *Shipper) ship(ctx context.Context) (err error) {
	v, err := s.embark()
	if err != nil {
		return err
	}
	defer func() {
		v.shelf.close()
		_ = v.log.close() // what counts was synced
	}()
	for {
		ending := ctx.Err() != nil
		if err := v.turn(context.WithoutCancel(ctx), ending); err != nil || ending {
			return err
		}
		v.rest(ctx)
	}
}

// rest waits for the books to grow, but no longer than a turn.
func (v *voyage) rest(ctx context.Context) {
	pause, cancel := context.WithTimeout(ctx, shipPause)
	<-pause.Done()
	cancel()
	wait, cancel := context.WithTimeout(ctx, shipTurn)
	defer cancel()
	_ = v.o.Books.Wait(wait, v.at.after) // closed books are told by the next turn
}

// embark finds out how far it was shipped, and that it were these books.
func (s *Shipper) embark() (*voyage, error) {
	key := s.o.Books.ShipKey()
	if err := os.MkdirAll(s.o.Dir, 0o700); err != nil {
		return nil, err
	}
	if err := Fenced(s.o.Dir, key, s.o.Books.Promotion()); err != nil {
		return nil, err
	}
	v := &voyage{Shipper: s, shelf: newShelf(s.o.Dir, key)}
	var err error
	v.log, v.at, err = lastSegment(s.o.Dir, key)
	if errors.Is(err, fs.ErrNotExist) {
		v.log, err = beginSegment(s.o.Dir, 1, key, mark{})
	}
	if err != nil {
		return nil, err
	}
	if err := v.ours(); err != nil {
		return nil, errors.Join(err, v.log.close())
	}
	if v.audit, err = chunks(s.o.Dir); err != nil {
		return nil, errors.Join(err, v.log.close())
	}
	s.pending.all = true
	return v, nil
}

func (v *voyage) ours() error {
	last, err := v.o.Books.Last(context.Background())
	if err != nil {
		return err
	}
	if v.at.after > last {
		return fmt.Errorf("the folder has %d records, and these books %d: they were restored, or are others: ship to an empty folder", v.at.after, last)
	}
	head, err := v.o.Books.HeadAt(v.at.after)
	if err == nil && head != v.at.head {
		err = errors.New("the folder has other books: ship to an empty folder")
	}
	return err
}

// turn ships what there is. Pieces are read before the records they may point to, and written
// after them; keys are written before the records that need them.
func (v *voyage) turn(ctx context.Context, last bool) error {
	if err := Fenced(v.o.Dir, v.o.Books.ShipKey(), v.o.Books.Promotion()); err != nil {
		return err
	}
	now := v.o.Clock()
	v.now = now.UnixNano()
	v.gather()
	list, err := v.o.Books.Pieces(names(v.pending.pieces))
	if err != nil {
		return err
	}
	for _, part := range []func() error{
		func() error { return v.records(ctx) },
		func() error { return v.pieces(list) },
		func() error { return v.everyPiece(ctx) },
		v.destroyed,
	} {
		if err := part(); err != nil {
			return err
		}
	}
	if !v.wrote && !last && now.Sub(v.told) < shipBeat {
		v.whole.Store(now.UnixNano())
		return nil
	}
	if err := v.log.sync(); err != nil {
		return err
	}
	v.pending.all, v.wrote, v.told = false, false, now
	clear(v.pending.pieces)
	clear(v.pending.keys)
	v.beat++
	p := Primary{Run: v.run, Beat: v.beat, Time: now, Records: v.at.after, Head: v.at.head, Segment: v.log.number, Bytes: v.log.frames.at, Ended: last}
	if err := put(v.o.Dir, primaryFile, v.o.Books.ShipKey(), p); err != nil {
		return err
	}
	v.Shipper.at.Store(v.at.after)
	v.whole.Store(now.UnixNano())
	return nil
}

// gather takes what changed in hand: it stays there until it is shipped.
func (v *voyage) gather() {
	c := v.o.Books.Changes()
	for _, id := range c.Keys {
		v.pending.keys[id] = true
	}
	for _, n := range c.Pieces {
		v.pending.pieces[n] = true
	}
}

func names(set map[ledger.PieceName]bool) (list []ledger.PieceName) {
	for n := range set {
		list = append(list, n)
	}
	return list
}
