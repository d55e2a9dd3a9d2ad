package simulator

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.etcd.io/bbolt"
)

// Buckets of the provider's own file. Orders are read by number and listed by
// timeline, both of which grow at their right end; calls are a log.
const (
	bucketMeta       = "meta"
	bucketMerchants  = "merchants"
	bucketOrders     = "orders"     // trader code, NUL, order_no → transaction
	bucketTimeline   = "timeline"   // sequence → key in bucketOrders
	bucketTokens     = "tokens"     // token → token
	bucketChallenges = "challenges" // 3D_TRAN_ID → challenge
	bucketVault      = "vault"      // trader code, NUL, member_id, NUL, authentication_key → wallet
	bucketSlips      = "slips"      // slip_no → parcel
	bucketCalls      = "calls"      // sequence → Call
)

var allBuckets = []string{
	bucketMeta, bucketMerchants, bucketOrders, bucketTimeline, bucketTokens, bucketChallenges, bucketVault, bucketSlips, bucketCalls,
}

const (
	metaOffset = "clock offset"
	metaSecret = "fingerprint secret"
)

var errClosed = errors.New("simulator: closed")

// put is one change to the books; a nil value takes the key away.
type put struct {
	bucket string
	key    string
	value  []byte
}

// books is the durable state: one writer goroutine that gathers what waits
// and commits it at once, so that one fsync serves many calls.
type books struct {
	db   *bbolt.DB
	jobs chan job
	quit chan struct{} // closed by close: no new jobs
	gone chan struct{} // closed by the writer: nothing will be written any more
	stop sync.Once
}

type job struct {
	puts []put
	work func(*bbolt.Tx) error // instead of puts
	done chan error            // nil: nobody waits
}

func openBooks(path string, noSync bool) (*books, error) {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{
		Timeout: time.Second, NoSync: noSync, FreelistType: bbolt.FreelistMapType,
	})
	if err != nil {
		return nil, fmt.Errorf("simulator: books %s (is another process using them?): %w", path, err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range allBuckets {
			if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("simulator: books %s: %w", path, err)
	}
	b := &books{db: db, jobs: make(chan job, maxGroup), quit: make(chan struct{}), gone: make(chan struct{})}
	go b.write()
	return b, nil
}

// maxGroup is how many waiting changes one commit takes at most.
const maxGroup = 1024

func (b *books) write() {
	defer close(b.gone)
	group := make([]job, 0, maxGroup)
	for {
		select {
		case j := <-b.jobs:
			group = append(group[:0], j)
		case <-b.quit:
			// What was accepted before the close is still written.
			select {
			case j := <-b.jobs:
				group = append(group[:0], j)
			default:
				return
			}
		}
	drain:
		for len(group) < maxGroup {
			select {
			case j := <-b.jobs:
				group = append(group, j)
			default:
				break drain
			}
		}
		err := b.db.Update(func(tx *bbolt.Tx) error {
			for _, j := range group {
				if err := j.apply(tx); err != nil {
					return err
				}
			}
			return nil
		})
		for _, j := range group {
			if j.done != nil {
				j.done <- err
			}
		}
	}
}

func (j job) apply(tx *bbolt.Tx) error {
	if j.work != nil {
		return j.work(tx)
	}
	for _, p := range j.puts {
		bucket := tx.Bucket([]byte(p.bucket))
		var err error
		if p.value == nil {
			err = bucket.Delete([]byte(p.key))
		} else {
			err = bucket.Put([]byte(p.key), p.value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// commit returns when the changes are on disk, or will never be.
func (b *books) commit(puts []put) error { return b.submit(job{puts: puts, done: make(chan error, 1)}) }

// do runs work in a write transaction of its turn.
func (b *books) do(work func(*bbolt.Tx) error) error {
	return b.submit(job{work: work, done: make(chan error, 1)})
}

// note hands changes in without waiting; they are written in their turn.
func (b *books) note(puts []put) error { return b.submit(job{puts: puts}) }

func (b *books) submit(j job) error {
	select {
	case <-b.quit:
		return errClosed
	default:
	}
	select {
	case b.jobs <- j:
	case <-b.quit:
		return errClosed
	}
	if j.done == nil {
		return nil
	}
	select {
	case err := <-j.done:
		return err
	case <-b.gone:
		select {
		case err := <-j.done:
			return err
		default:
			return errClosed
		}
	}
}

func (b *books) close() error {
	b.stop.Do(func() { close(b.quit) })
	<-b.gone
	return b.db.Close()
}

// read decodes the value of a key into out; false if there is none.
func (b *books) read(bucket, key string, out any) (found bool, err error) {
	err = b.db.View(func(tx *bbolt.Tx) error {
		v := tx.Bucket([]byte(bucket)).Get([]byte(key))
		if v == nil {
			return nil
		}
		found = true
		return json.Unmarshal(v, out)
	})
	return found, err
}

// lastKey is the highest sequence in a bucket keyed by sequence.
func (b *books) lastKey(bucket string) (seq uint64, err error) {
	err = b.db.View(func(tx *bbolt.Tx) error {
		if k, _ := tx.Bucket([]byte(bucket)).Cursor().Last(); k != nil {
			seq = binary.BigEndian.Uint64(k)
		}
		return nil
	})
	return seq, err
}

func sequenceKey(n uint64) string { return string(binary.BigEndian.AppendUint64(nil, n)) }

// encode writes a record. Our records are plain data, so it cannot fail.
func encode(v any) []byte {
	out, err := json.Marshal(v)
	if err != nil {
		panic("simulator: a record that cannot be written: " + err.Error())
	}
	return out
}

func decode(data []byte, out any) error { return json.Unmarshal(data, out) }
