package bolt

import (
	"context"
	"errors"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// request is what the writer is asked for.
type request struct {
	id      payment.ID
	task    task
	version int               // before it
	records [][]byte          // of taskAppend only
	row     row               // after it; the writer sets its sequence
	after   cached            // the payment then, likewise
	claims  []writeClaim      // of the first record
	key     []byte            // the payment's new personal key, wrapped; nil: it has one or needs none
	secret  *ledger.SecretUse // nil: no secret of 3-D Secure is in it
	err     error
	done    chan error
}

// task is what the writer is asked to do.
type task byte

const (
	taskAppend task = iota
	taskErase
	taskForget
)

type writeClaim struct {
	key  ledger.Digest
	over *ledger.Ref
}

// refused is the writer's answer to a claim; Append finds out who holds it.
type refused struct{ claim int }

func (refused) Error() string { return "claim refused" }

// Append is described at ledger.Writer. Everything that does not depend on
// other payments is done here, on the caller's time: encoding, encryption and
// the payment's chain.
//
// After an error that wraps ErrBroken the entry does not count as long as this
// process lives. If the disk has it all the same, it counts after a restart,
// like an entry whose caller died before the answer.
func (l *Ledger) Append(ctx context.Context, e ledger.Entry) error {
	if err := e.Check(); err != nil {
		return err
	}
	if err := errors.Join(l.ready(ctx), l.Err()); err != nil {
		return err
	}
	r, err := l.prepare(&e)
	for err == nil {
		if err = l.submit(ctx, r); !errors.Is(err, errForgotten) {
			break
		}
		r, err = l.prepare(&e)
	}
	if err != nil {
		return l.explain(ctx, &e, err)
	}
	return nil
}

// prepare encodes an entry.
func (l *Ledger) prepare(e *ledger.Entry) (*request, error) {
	var head ledger.Head
	if e.Version > 0 {
		c, err := l.current(e.Payment, e.Version)
		if err != nil {
			return nil, err
		}
		head = c.head
	}
	r := &request{id: e.Payment, version: e.Version, row: rowOf(e.After, 0), done: make(chan error, 1)}
	keys, err := l.keysFor(e)
	if err != nil {
		return nil, err
	}
	r.key, r.secret = keys.NewPersonal, keys.Secrets
	records, last, err := e.Records(head, keys.Keys)
	if err != nil {
		return nil, err
	}
	r.after = cached{payment: e.After, head: ledger.Head{Version: e.After.Version, Hash: last}}
	r.records, r.claims = records, make([]writeClaim, 0, len(e.Claims))
	for i := range e.Claims {
		r.claims = append(r.claims, writeClaim{key: e.Claims[i].Key.Digest(), over: e.Claims[i].Over})
	}
	return r, nil
}

// current gives the payment at exactly that version, or ErrStale.
func (l *Ledger) current(id payment.ID, version int) (cached, error) {
	c, ok := l.cache.get(id)
	if !ok || c.head.Version < version {
		var err error
		c, err = l.load(id)
		if errors.Is(err, ledger.ErrNotFound) {
			return c, ledger.ErrStale
		}
		if err != nil {
			return c, err
		}
	}
	if c.head.Version != version {
		return c, ledger.ErrStale
	}
	return c, nil
}

// keysFor gives the keys for the entry's private parts. Only who has something private
// reads for it.
func (l *Ledger) keysFor(e *ledger.Entry) (keys ledger.EntryKeys, err error) {
	personal, secret := e.Hides()
	if !personal && secret == 0 {
		return keys, nil
	}
	var s ledger.StoredKeys
	if e.Version > 0 {
		if s, err = l.stored(e.Payment, secret > 0); err != nil {
			return keys, err
		}
	}
	return s.ForEntry(l.keys.master, e)
}

// submit queues a request and waits for the decision.
func (l *Ledger) submit(ctx context.Context, r *request) error {
	if err := l.enqueue(ctx, r); err != nil {
		return err
	}
	return <-r.done
}

func (l *Ledger) enqueue(ctx context.Context, r *request) error {
	l.gate.RLock()
	defer l.gate.RUnlock()
	if l.closed.Load() {
		return ledger.ErrClosed
	}
	select {
	case l.queue <- r:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// explain turns a refusal into one that names the holder.
func (l *Ledger) explain(ctx context.Context, e *ledger.Entry, err error) error {
	var no refused
	if !errors.As(err, &no) {
		return err
	}
	return ledger.Refused(ctx, l, e.Claims[no.claim].Key)
}

// Erase is described at ledger.Writer. It returns ErrNotFound for a payment
// that is not in the books.
func (l *Ledger) Erase(ctx context.Context, id payment.ID) error {
	if err := errors.Join(l.ready(ctx), l.Err()); err != nil {
		return err
	}
	return l.submit(ctx, &request{id: id, task: taskErase, done: make(chan error, 1)})
}
