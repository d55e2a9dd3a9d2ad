package bolt

import (
	"bytes"
	"context"
	"errors"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// keyTraces in the journal's meta bucket says that keys were forgotten whose
// bytes may still lie about in free pages.
var keyTraces = []byte("traces")

// errForgotten turns an append away whose secrets are under a key that was
// destroyed, or created, while it waited: unlike after an erasure they are to
// be kept, so Append encrypts them once more.
var errForgotten = errors.New("the key of its secrets is another by now")

// stillSecret gives errForgotten when the key that r used is not the payment's
// any more. The second error is of the journal.
func (g *group) stillSecret(r *request) (refusal, err error) {
	have, changed := g.secrets[r.id]
	if !changed {
		if have, err = g.secretOf(r.id); err != nil {
			return nil, err
		}
	}
	if !bytes.Equal(have, r.secret.Before) {
		return errForgotten, nil
	}
	return nil, nil
}

func (l *Ledger) secretOf(id payment.ID) (secret []byte, err error) {
	err = l.view(func(tx *bbolt.Tx) error {
		secret = getIn(tx, bucketSecrets, id)
		return nil
	})
	return secret, err
}

// Forget is described at ledger.Writer. It returns ErrNotFound for a payment
// that is not in the books. What is left of the key in free pages of the file
// is blanked within Options.SealEvery, and at Close; after a crash at the next
// start. Secrets that a version before this one wrote are under the payment's
// personal key: they are not revealed any more, and destroyed by Erase only.
func (l *Ledger) Forget(ctx context.Context, id payment.ID, version int) error {
	if err := errors.Join(l.ready(ctx), l.Err()); err != nil {
		return err
	}
	if has, err := l.hasSecrets(id); err != nil || !has {
		return err
	}
	return l.submit(ctx, &request{id: id, version: version, task: taskForget, done: make(chan error, 1)})
}

// hasSecrets reports whether there is something to forget. Without a second key
// that can only be secrets of an earlier version.
func (l *Ledger) hasSecrets(id payment.ID) (has bool, err error) {
	r, err := l.locate(id)
	if err != nil {
		return false, err
	}
	if key, err := l.secretOf(id); key != nil || err != nil {
		return true, err
	}
	err = l.walk(id, r.sequence, int(r.version), func(tx *bbolt.Tx, chain []link) error {
		s := storedIn(tx, id, true)
		for i := range chain {
			event, err := chain[i].record.Event()
			if err != nil {
				return err
			}
			if chain[i].record.Private == nil || !event.Secret() {
				continue
			}
			_, err = s.Readable(&ledger.Hidden{Number: event.Sequence, Secret: true})
			has = has || !errors.Is(err, ledger.ErrErased)
		}
		return nil
	})
	return has, err
}

// putForgotten destroys the key of a payment's secrets up to now.
func (l *Ledger) putForgotten(tx *bbolt.Tx, r *request, w *journalWrite) error {
	id, secrets := []byte(r.id), tx.Bucket(bucketSecrets)
	err := tx.Bucket(bucketForgotten).Put(id, ledger.ForgottenThrough(r.version, l.options.Clock()))
	if err != nil || secrets.Get(id) == nil {
		return err
	}
	w.forgot = true
	return errors.Join(secrets.Delete(id), tx.Bucket(bucketMeta).Put(keyTraces, []byte{1}))
}

// Secrets is described at ledger.Reader. No transaction is held while yield
// runs. Secrets under a personal key, of an earlier version, are not found.
func (l *Ledger) Secrets(ctx context.Context, yield func(payment.ID) bool) error {
	for after := payment.ID(""); ; {
		if err := l.ready(ctx); err != nil {
			return err
		}
		var ids []payment.ID
		err := l.view(func(tx *bbolt.Tx) error {
			ids = idsAfter(tx.Bucket(bucketSecrets), after)
			return nil
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
		for _, id := range ids {
			if !yield(id) {
				return nil
			}
		}
	}
}
