package postgres

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
	version int         // before it
	before  ledger.Hash // of the payment's last record, as it was prepared
	events  []noted
	records [][]byte
	row     row // after it; the writer sets where its records are
	claims  []writeClaim
	key     []byte            // the payment's new personal key, wrapped; nil: it has one or needs none
	secret  *ledger.SecretUse // nil: no secret of 3-D Secure is in it
	err     error
	done    chan error
}

// noted is what stands beside a record in the journal's table.
type noted struct {
	kind string
	time int64
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

// errForgotten turns an append away whose secrets are under a key that was destroyed, or
// created, while it waited: unlike after an erasure they are to be kept, so Append encrypts
// them once more.
var errForgotten = errors.New("the key of its secrets is another by now")

// Append is described at ledger.Writer. Everything that does not depend on other payments
// is done here, on the caller's time: encoding, encryption and the payment's chain.
//
// After ErrUnreachable nothing of the entry counts. After ErrUnknown it may: it is then as
// if the caller had died before the answer, and whoever loads the payment sees it.
func (l *Ledger) Append(ctx context.Context, e ledger.Entry) error {
	if err := e.Check(); err != nil {
		return err
	}
	if err := l.ready(ctx); err != nil {
		return err
	}
	r, last, err := l.prepare(ctx, &e)
	for err == nil {
		if err = l.submit(ctx, r); !errors.Is(err, errForgotten) {
			break
		}
		r, last, err = l.prepare(ctx, &e)
	}
	if err != nil {
		return l.explain(ctx, &e, err)
	}
	l.cache.put(e.Payment, ledger.Folded{
		Payment: e.After,
		Head:    ledger.Head{Version: e.After.Version, Sequence: r.row.last, Hash: last},
	})
	return nil
}

// prepare encodes an entry. The hash of its last record comes second.
func (l *Ledger) prepare(ctx context.Context, e *ledger.Entry) (*request, ledger.Hash, error) {
	var head ledger.Head
	if e.Version > 0 {
		f, err := l.current(ctx, e.Payment, e.Version)
		if err != nil {
			return nil, ledger.Hash{}, err
		}
		head = f.Head
	}
	r := &request{
		id: e.Payment, version: e.Version, before: head.Hash, done: make(chan error, 1),
		row: row{id: string(e.Payment), version: e.After.Version, listed: listedOf(e.After)},
	}
	keys, err := l.keysFor(ctx, e)
	if err != nil {
		return nil, ledger.Hash{}, err
	}
	r.key, r.secret = keys.NewPersonal, keys.Secrets
	records, last, err := e.Records(head, keys.Keys)
	if err != nil {
		return nil, ledger.Hash{}, err
	}
	r.records, r.row.hash = records, last
	for i := range e.Events {
		r.events = append(r.events, noted{kind: string(e.Events[i].Kind), time: nanos(e.Events[i].Time)})
	}
	for i := range e.Claims {
		r.claims = append(r.claims, writeClaim{key: e.Claims[i].Key.Digest(), over: e.Claims[i].Over})
	}
	return r, last, nil
}

// current gives the payment at exactly that version, or ErrStale. Memory may be behind:
// the writer sees that.
func (l *Ledger) current(ctx context.Context, id payment.ID, version int) (ledger.Folded, error) {
	if f, ok := l.cache.get(id); ok && f.Head.Version == version {
		return f, nil
	}
	f, err := l.load(ctx, id)
	if errors.Is(err, ledger.ErrNotFound) || err == nil && f.Head.Version != version {
		return f, ledger.ErrStale
	}
	return f, err
}

// keysFor gives the keys for the entry's private parts. Only who has something private
// reads for it.
func (l *Ledger) keysFor(ctx context.Context, e *ledger.Entry) (keys ledger.EntryKeys, err error) {
	if personal, secret := e.Hides(); !personal && secret == 0 {
		return keys, nil
	}
	var s ledger.StoredKeys
	if e.Version > 0 {
		if s, err = l.storedKeys(ctx, e.Payment); err != nil {
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

// explain turns a refusal into one that names the holder. Memory that misled the entry is
// put right by the next load.
func (l *Ledger) explain(ctx context.Context, e *ledger.Entry, err error) error {
	var no refused
	if !errors.As(err, &no) {
		return err
	}
	return ledger.Refused(ctx, l, e.Claims[no.claim].Key)
}

// Erase is described at ledger.Writer. It returns ErrNotFound for a payment that is not in
// the books. Row versions that are dead, the write-ahead log and backups may hold the
// wrapped key until they are vacuumed, recycled and overwritten: docs/adr/0016.
func (l *Ledger) Erase(ctx context.Context, id payment.ID) error {
	if err := l.ready(ctx); err != nil {
		return err
	}
	return l.submit(ctx, &request{id: id, task: taskErase, done: make(chan error, 1)})
}

// Forget is described at ledger.Writer. It returns ErrNotFound for a payment that is not
// in the books. For the traces of the key see Erase.
func (l *Ledger) Forget(ctx context.Context, id payment.ID, version int) error {
	if err := l.ready(ctx); err != nil {
		return err
	}
	if has, err := l.hasSecrets(ctx, id); err != nil || !has {
		return err
	}
	return l.submit(ctx, &request{id: id, version: version, task: taskForget, done: make(chan error, 1)})
}
