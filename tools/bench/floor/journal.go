package floor

import (
	"encoding/binary"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
)

// journal writes records to disk in groups: one writer takes whatever waits,
// commits it in one transaction, and wakes everybody who waited. There is no
// timer: while a commit runs the next group gathers by itself.
type journal struct {
	queue chan *waiting
	spare sync.Pool
}

type waiting struct {
	record []byte
	done   chan error
}

// largest is how many records one commit takes at most.
const largest = 1024

var bucket = []byte("journal")

func openJournal(path string) (*journal, error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType, InitialMmapSize: 4 << 30, Timeout: time.Second})
	if err != nil {
		return nil, err
	}
	var last uint64
	err = db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists(bucket)
		if err != nil {
			return err
		}
		if k, _ := b.Cursor().Last(); k != nil {
			last = binary.BigEndian.Uint64(k)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	j := &journal{queue: make(chan *waiting, 4*largest)}
	j.spare.New = func() any { return &waiting{done: make(chan error, 1)} }
	go j.write(db, last)
	return j, nil
}

// append returns once the record is on disk.
func (j *journal) append(record []byte) error {
	w := j.spare.Get().(*waiting)
	w.record = record
	j.queue <- w
	err := <-w.done
	j.spare.Put(w)
	return err
}

func (j *journal) write(db *bolt.DB, last uint64) {
	group := make([]*waiting, 0, largest)
	for first := range j.queue {
		group = gather(append(group[:0], first), j.queue)
		err := db.Update(func(tx *bolt.Tx) error {
			b := tx.Bucket(bucket)
			b.FillPercent = 0.95 // keys only grow
			for i, w := range group {
				key := binary.BigEndian.AppendUint64(nil, last+1+uint64(i))
				if err := b.Put(key, w.record); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil {
			last += uint64(len(group))
		}
		for _, w := range group {
			w.done <- err
		}
	}
}

func gather(group []*waiting, queue <-chan *waiting) []*waiting {
	for len(group) < largest {
		select {
		case w := <-queue:
			group = append(group, w)
		default:
			return group
		}
	}
	return group
}
