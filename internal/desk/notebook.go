package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Limits of the notebook.
const (
	maxStarts = 10     // unclean stops that it remembers
	maxNotes  = 10_000 // operations of one of them
	readers   = 16     // of payments, at a start
)

// Notebook is the crash notebook: a small file beside the books that knows whether
// the process stopped in order, and what was under way when it did not. It holds
// no personal data, and losing it loses no money: the sweep settles what is open
// by the books alone. Where several processes share the books all but the first lies in
// these, so that each answers alike and any goes on erasing. It is safe for concurrent use.
type Notebook struct {
	path   string
	shared Shared

	mu    sync.Mutex
	kept  notes
	began restart // this process's own start, if it was after an unclean stop
}

// Shared is how a notebook shares the books with those of other processes; zero: it does
// not.
type Shared struct {
	Notes ledger.Notes
	// Elsewhere is how long a call of another process may last: what was asked less long
	// ago may be under way there.
	Elsewhere time.Duration
}

// notes is the file. Its JSON names are kept for ever.
type notes struct {
	Running bool              `json:"running"` // a process has it open, or died
	Starts  []restart         `json:"starts,omitempty"`
	Erased  map[string]uint64 `json:"erased,omitempty"` // by tenant: the event of the journal up to which ended payments were erased
}

// restart is a start after an unclean stop.
type restart struct {
	Time time.Time `json:"t"`
	Open []note    `json:"open,omitempty"`
	// Living is how long before the start questions may have been another process's that
	// lived on: see fell.
	Living time.Duration `json:"living,omitempty"`
}

// note is an operation that had been asked and not answered when the process died.
type note struct {
	Tenant    shop.Tenant       `json:"tenant"`
	Payment   payment.ID        `json:"id"`
	Order     string            `json:"order"`
	Attempt   int               `json:"a"`
	Operation payment.Operation `json:"o"`
	Asked     time.Time         `json:"t"`
}

// Unsettled finds the payments that somebody must look after, and reads them.
type Unsettled interface {
	Unsettled(ctx context.Context, yield func(payment.ID) bool) error
	Load(ctx context.Context, id payment.ID) (*payment.Payment, error)
}

// OpenNotebook reads the file, and when the last process did not stop in order
// writes down what was under way: every open question in the books. It must be
// called before this process asks anything of the provider.
// A file that cannot be read counts as an unclean stop; it is put aside, and
// damaged says so.
func OpenNotebook(ctx context.Context, path string, books Unsettled, now time.Time, shared Shared) (n *Notebook, damaged bool, err error) {
	n = &Notebook{path: path, shared: shared}
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, false, fmt.Errorf("desk: %w", err)
	default:
		if err := json.Unmarshal(text, &n.kept); err != nil {
			if err := os.Rename(path, path+".damaged"); err != nil {
				return nil, false, fmt.Errorf("desk: %w", err)
			}
			n.kept, damaged = notes{Running: true}, true
		}
	}
	if n.kept.Running {
		open, err := underWay(ctx, books)
		if err != nil {
			return nil, damaged, err
		}
		n.began = restart{now, open, shared.Elsewhere}
		if err := n.keepStart(ctx); err != nil {
			return nil, damaged, err
		}
	}
	n.kept.Running = true
	return n, damaged, n.write()
}

// underWay lists the open questions, oldest first. The start waits for it, so payments
// are read side by side.
func underWay(ctx context.Context, books Unsettled) ([]note, error) {
	var ids []payment.ID
	err := books.Unsettled(ctx, func(id payment.ID) bool {
		ids = append(ids, id)
		return true
	})
	found, errs := make([][]note, readers), make([]error, readers)
	var all sync.WaitGroup
	for reader := range readers {
		all.Go(func() {
			for i := reader; i < len(ids) && errs[reader] == nil; i += readers {
				var open []note
				open, errs[reader] = notesOf(ctx, books, ids[i])
				found[reader] = append(found[reader], open...)
			}
		})
	}
	all.Wait()
	open := slices.Concat(found...)
	slices.SortFunc(open, func(a, b note) int {
		return cmp.Or(a.Asked.Compare(b.Asked), cmp.Compare(a.Payment, b.Payment), a.Attempt-b.Attempt)
	})
	return open[:min(len(open), maxNotes)], errors.Join(append(errs, err)...)
}

// notesOf are the open questions of a payment.
func notesOf(ctx context.Context, books Unsettled, id payment.ID) (open []note, err error) {
	p, err := books.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	for i := range p.Attempts {
		if a := &p.Attempts[i]; a.Open != nil {
			open = append(open, note{p.Tenant, id, p.OrderNumber, a.Number, a.Open.Operation, a.Open.Asked})
		}
	}
	return open, nil
}

// Unclean is how many operations were open at the last start after an unclean
// stop, if this is the process that began with it. Those of other processes that live are
// among them.
func (n *Notebook) Unclean(began time.Time) (operations int, unclean bool) {
	if !n.began.Time.Equal(began) || n.began.Time.IsZero() {
		return 0, false
	}
	return len(n.began.Open), true
}

// Close says that the process stopped in order: nothing that it asked was cut off.
func (n *Notebook) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.kept.Running = false
	return n.write()
}

// write puts the file on disk: after a crash it is there whole, as it was or as it
// is now.
func (n *Notebook) write() error {
	text, err := json.Marshal(&n.kept)
	if err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	part := n.path + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(part, n.path)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(n.path))
	}
	if err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	return nil
}

func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
