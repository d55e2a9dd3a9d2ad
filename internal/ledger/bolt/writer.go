package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"time"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
)

// maxGroup is how many requests are committed at once.
const maxGroup = 1024

// maxYields is how often the writer steps aside for callers that are ready.
const maxYields = 4

// maxFresh is how many payments may wait for the index; beyond it the writer
// waits for the indexer.
const maxFresh = 200_000

// write is the one goroutine that writes the journal. It takes whatever is
// queued, commits it at once and answers; it never waits for more to come: while
// it commits, the next group gathers by itself.
func (l *Ledger) write() {
	defer l.ended.Done()
	defer close(l.work)
	seal, turn := time.NewTicker(l.options.SealEvery), time.NewTicker(l.options.IndexEvery)
	defer seal.Stop()
	defer turn.Stop()
	g := newGroup()
	requests := make([]*request, 0, maxGroup)
	for {
		select {
		case r, open := <-l.queue:
			if !open {
				l.commit(g, nil, true)
				l.blankBehind()
				return
			}
			requests = l.drain(append(requests[:0], r))
			l.commit(g, requests, false)
			clear(requests)
			l.holdBack()
		case <-seal.C:
			l.commit(g, nil, true)
			l.blankBehind()
		case <-turn.C:
			l.turn()
		}
	}
}

// gather lets those run who are ready to: callers that were just answered are
// about to come back with their next entry. Without it the first of them would
// get a commit to itself while all others wait. It ends when nobody comes.
func (l *Ledger) gather() {
	for range maxYields {
		queued := len(l.queue)
		runtime.Gosched()
		if len(l.queue) == queued {
			return
		}
	}
}

// drain takes what is queued already.
func (l *Ledger) drain(requests []*request) []*request {
	l.gather()
	for len(requests) < maxGroup {
		select {
		case r, open := <-l.queue:
			if !open {
				return requests
			}
			requests = append(requests, r)
		default:
			return requests
		}
	}
	return requests
}

// turn hands the fresh generation to the indexer when it is free.
func (l *Ledger) turn() {
	fresh, frozen := l.tail.generations()
	if frozen == nil && fresh.size() > 0 && l.Err() == nil {
		l.work <- l.freeze()
	}
}

// holdBack keeps memory bounded when the index does not keep up.
func (l *Ledger) holdBack() {
	for l.tail.fresh.size() > maxFresh && l.Err() == nil {
		l.turn()
		if l.tail.fresh.size() > maxFresh {
			<-l.flushed
		}
	}
}

// commit decides a group, makes it durable in one transaction, with a seal if
// asked for, and answers everybody. Nobody hears of anything before.
func (l *Ledger) commit(g *group, requests []*request, seal bool) {
	err := l.Err()
	if err == nil {
		if err = l.decide(g, requests, seal); err != nil {
			l.fail(err)
			err = l.Err()
		}
	}
	for _, r := range requests {
		if err != nil {
			r.err = err
		}
		r.done <- r.err
	}
}

func (l *Ledger) decide(g *group, requests []*request, seal bool) error {
	g.begin(l)
	err := g.admitAll(requests)
	g.end()
	seal = seal && l.unsealed > 0
	if err != nil || len(g.admitted) == 0 && !seal {
		return err
	}
	w := journalWrite{head: l.head, unsealed: l.unsealed, sealHash: l.sealHash}
	err = l.commitTo(journalFile, func() error {
		return l.journal.Update(func(tx *bbolt.Tx) error { return l.put(tx, g, &w, seal) })
	})
	if err != nil {
		return err
	}
	l.last, l.head, l.unsealed, l.sealHash = g.last, w.head, w.unsealed, w.sealHash
	l.cache.settle(g.admitted)
	l.tail.merge(g.rows, g.claims, g.last)
	l.changed.requests(g.admitted)
	l.bell.strike(g.last)
	l.traces = l.traces || w.forgot
	if w.erased {
		l.blank(requests)
	}
	return nil
}

func (g *group) admitAll(requests []*request) error {
	for _, r := range requests {
		if err := g.admit(r); err != nil {
			return err
		}
	}
	return nil
}

// journalWrite is what changes with a transaction, if it is committed.
type journalWrite struct {
	head     ledger.Hash
	unsealed uint64
	sealHash ledger.Hash
	erased   bool
	forgot   bool
}

func (l *Ledger) put(tx *bbolt.Tx, g *group, w *journalWrite, seal bool) error {
	journal, keys := tx.Bucket(bucketJournal), tx.Bucket(bucketKeys)
	journal.FillPercent, keys.FillPercent = 0.95, 0.95 // keys grow
	seq, key := l.last, make([]byte, 0, 8)             // bbolt copies keys
	for _, r := range g.admitted {
		for _, record := range r.records {
			seq++
			if err := journal.Put(binary.BigEndian.AppendUint64(key, seq), record); err != nil {
				return err
			}
			w.head = ledger.Advance(w.head, seq, ledger.HashOf(record))
			w.unsealed++
		}
		if err := l.putKeys(tx, keys, r, w); err != nil {
			return err
		}
	}
	if seq != g.last {
		return fmt.Errorf("wrote up to record %d, decided up to %d", seq, g.last)
	}
	if seal {
		return l.putSeal(tx, seq, w)
	}
	return nil
}

// putKeys stores a payment's new keys, or tombstones. A tombstone stays: what
// came encrypted under a key that lost the race cannot be read.
func (l *Ledger) putKeys(tx *bbolt.Tx, keys *bbolt.Bucket, r *request, w *journalWrite) error {
	id := []byte(r.id)
	newSecret := r.secret != nil && r.secret.Created != nil
	switch {
	case r.task == taskAppend && r.key == nil && !newSecret:
		return nil
	case (r.version > 0 || r.task != taskAppend) && erased(keys.Get(id)):
		return nil
	case r.task == taskErase:
		w.erased = true
		return errors.Join(keys.Put(id, ledger.Tombstone(l.options.Clock())), tx.Bucket(bucketSecrets).Delete(id))
	case r.task == taskForget:
		return l.putForgotten(tx, r, w)
	}
	if newSecret {
		if err := tx.Bucket(bucketSecrets).Put(id, r.secret.Created); err != nil || r.key == nil {
			return err
		}
	}
	return keys.Put(id, r.key)
}

func (l *Ledger) putSeal(tx *bbolt.Tx, seq uint64, w *journalWrite) error {
	s := ledger.Seal{Sequence: seq, Time: l.options.Clock(), Head: w.head, Before: w.sealHash}
	encoded := s.Sign(l.keys.seal)
	w.sealHash, w.unsealed = ledger.SealHash(encoded), 0
	return tx.Bucket(bucketSeals).Put(sequenceKey(seq), encoded)
}

// touch commits without changing anything but a counter.
func (l *Ledger) touch() error {
	return l.commitTo(journalFile, func() error {
		return l.journal.Update(func(tx *bbolt.Tx) error {
			_, err := tx.Bucket(bucketMeta).NextSequence()
			return err
		})
	})
}
