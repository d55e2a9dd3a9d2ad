package standby

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"kessai.dev/kessai/internal/ledger"
)

// Damage says where what was shipped cannot be followed any further. Everything before it was
// proved and taken.
type Damage struct {
	Segment uint64
	Record  uint64 // the last good one
	What    error
}

// Error says where and what.
func (d *Damage) Error() string {
	return fmt.Sprintf("segment %d of what was shipped is damaged or was tampered with after record %d: %v", d.Segment, d.Record, d.What)
}

func (d *Damage) Unwrap() error { return d.What }

// Follow takes what was shipped into books that come to be. It proves each record's link to its
// payment's chain, and each seal, before it takes them.
type Follow struct {
	dir    string
	key    []byte
	books  ledger.Follower
	public ed25519.PublicKey
	until  time.Time // the first entry after it is not taken; zero: all are

	at       mark
	sealed   ledger.Hash // of the last seal
	number   uint64      // of the segment
	file     *os.File
	frames   *frames
	buffered []ledger.Piece  // what the shops are, until all of it is there
	changed  map[uint64]bool // files of keys that are to be read, before the segment is left
	reached  bool            // an entry after until was met
	taken    spot            // what of the log was taken
}

// NewFollow begins where the books end. Seals are checked with public. With until it stops
// before the first entry that was made after it.
func NewFollow(dir string, key []byte, books ledger.Follower, public ed25519.PublicKey, until time.Time) (*Follow, error) {
	f := &Follow{dir: dir, key: key, books: books, public: public, until: until, changed: map[uint64]bool{}}
	var err error
	if f.at.after, f.at.head, err = books.At(); err != nil {
		return nil, err
	}
	last, err := books.LastSeal()
	if err == nil && last != nil {
		f.sealed = ledger.SealHash(last)
	}
	return f, err
}

// At is how far it is.
func (f *Follow) At() (uint64, ledger.Hash) { return f.at.after, f.at.head }

// Reached reports whether there was an entry after the moment that it stops before.
func (f *Follow) Reached() bool { return f.reached }

// spot is a place in the log.
type spot struct {
	segment uint64
	bytes   int64
}

// Has reports whether it took all that the primary had shipped when it said so.
func (f *Follow) Has(p Primary) bool {
	return f.at.after >= p.Records && len(f.changed) == 0 &&
		(f.taken.segment > p.Segment || f.taken.segment == p.Segment && f.taken.bytes >= p.Bytes)
}

// Close lets go of the folder.
func (f *Follow) Close() {
	if f.file != nil {
		_ = f.file.Close() // only read
		f.file = nil
	}
}

// Catch takes all there is. *Damage: it cannot go on; all else is trouble with the folder or
// the disk. It can be called again at any time.
func (f *Follow) Catch(ctx context.Context) error {
	for !f.reached {
		if err := ctx.Err(); err != nil {
			return err
		}
		if f.file == nil {
			if more, err := f.begin(); err != nil || !more {
				return err
			}
		}
		plain, err := f.frames.next()
		if err == nil {
			if err = f.take(plain); err != nil {
				f.Close() // it begins anew with the segment
				return err
			}
			f.taken = spot{f.number, f.frames.at}
			continue
		}
		if err := f.keys(); err != nil {
			f.Close()
			return err
		}
		if on, err := f.goOn(err); err != nil || !on {
			return err
		}
	}
	return f.keys()
}

func (f *Follow) damage(n uint64, err error) error {
	return &Damage{Segment: n, Record: f.at.after, What: err}
}

// begin opens the segment to go on with: the newest that begins before the last record, since
// what came after that one in it may not have been taken.
func (f *Follow) begin() (bool, error) {
	f.buffered = nil
	list, err := segments(f.dir)
	if err != nil {
		return false, err
	}
	var trouble error
	for _, n := range slices.Backward(list) {
		from, err := f.open(n)
		switch {
		case errors.Is(err, errTorn), errors.Is(err, io.EOF): // it is being made
			continue
		case errors.Is(err, errForged):
			trouble = f.damage(n, err)
			continue
		case err != nil:
			return false, err
		}
		if from.after < f.at.after || from.after == 0 && f.at.after == 0 {
			f.taken = spot{f.number, f.frames.at}
			return true, nil
		}
		f.Close()
		trouble = f.damage(n, errors.New("the segments before it are missing"))
	}
	return false, trouble
}

// open opens a segment, and reads where it begins.
func (f *Follow) open(n uint64) (from mark, err error) {
	f.Close()
	file, err := os.Open(segmentPath(f.dir, n))
	if err != nil {
		return from, err
	}
	r, err := readFrames(file, segmentName(n), f.key)
	var plain []byte
	if err == nil {
		plain, err = r.next()
	}
	if err != nil {
		return from, errors.Join(err, file.Close())
	}
	m, err := decode(plain)
	from, ok := m.(mark)
	if err != nil || !ok {
		return from, errors.Join(errForged, errMessage, file.Close())
	}
	f.file, f.frames, f.number = file, r, n
	return from, nil
}

// goOn is asked when a segment gives nothing more: err says why. If there is a next one that
// goes on from here, it is opened.
func (f *Follow) goOn(err error) (bool, error) {
	list, failed := segments(f.dir)
	if failed != nil {
		return false, failed
	}
	number, i := f.number, slices.IndexFunc(list, func(n uint64) bool { return n > f.number })
	if i < 0 {
		switch {
		case err == io.EOF, errors.Is(err, errTorn):
			return false, nil // it is being written
		case errors.Is(err, errForged):
			return false, f.damage(number, err)
		}
		return false, err
	}
	if at := f.frames.at; err == io.EOF { // it may have grown before the next one was made
		if _, again := f.frames.next(); again == nil {
			f.frames.at, f.frames.index = at, f.frames.index-1
			return true, nil
		}
	}
	next := list[i]
	from, failed := f.open(next)
	torn := errors.Is(failed, errTorn) || errors.Is(failed, io.EOF)
	switch {
	case torn && next == list[len(list)-1]: // it is being made
		f.Close()
		return false, nil
	case torn:
		return false, f.damage(next, failed)
	case errors.Is(failed, errForged):
		return false, f.damage(next, failed)
	case failed != nil:
		return false, failed
	case from.after > f.at.after:
		f.Close()
		return false, f.damage(number, fmt.Errorf("records up to %d are missing: %w", from.after, err))
	case from.after == f.at.after && from.head != f.at.head:
		f.Close()
		return false, f.damage(next, errors.New("it goes on from other books"))
	}
	f.taken = spot{f.number, f.frames.at}
	return true, nil
}

// take takes one frame.
func (f *Follow) take(plain []byte) error {
	m, err := decode(plain)
	if err != nil {
		return f.damage(f.number, err)
	}
	switch m := m.(type) {
	case mark:
		return nil
	case *batch:
		return f.batch(m)
	case *pieces:
		return f.pieces(m)
	case []uint64:
		for _, n := range m {
			f.changed[n] = true
		}
		return nil
	}
	return f.damage(f.number, errMessage)
}

// pieces takes cards on file at once, and what the shops are when all of it is there.
func (f *Follow) pieces(p *pieces) error {
	if !f.until.IsZero() && p.time > f.until.UnixNano() {
		return nil
	}
	var now []ledger.Piece
	for _, piece := range p.list {
		if piece.Kind == ledger.PieceMember {
			now = append(now, piece)
		} else {
			f.buffered = append(f.buffered, piece)
		}
	}
	if p.last {
		now, f.buffered = append(now, f.buffered...), nil
	}
	if len(now) == 0 {
		return nil
	}
	return f.books.PutPieces(now)
}
