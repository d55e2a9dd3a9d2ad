package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"time"

	bbolt "go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"kessai.dev/kessai/internal/ledger"
)

// deliveriesFile holds what is on its way to the shops' endpoints. It stands apart
// from the books: whatever becomes of it, payments go on, and what is lost with it
// is sent again.
const deliveriesFile = "deliveries.db"

var (
	bucketCourses    = []byte("courses")    // endpoint → course
	bucketDeliveries = []byte("deliveries") // endpoint, number → delivery
	bucketDue        = []byte("due")        // endpoint, time of the next try, number → nothing
)

// gather is how long a commit waits for those of other endpoints.
const gather = 20 * time.Millisecond

// Deliveries is a ledger.Deliveries in a bbolt file of its own.
type Deliveries struct {
	db     *bbolt.DB
	closed atomic.Bool
}

var _ ledger.Deliveries = (*Deliveries)(nil)

// OpenDeliveries opens the deliveries in the directory of the books, which it makes
// if need be. It refuses at once when another process has them open (P99).
func OpenDeliveries(dir string) (*Deliveries, error) {
	if err := makeDir(dir); err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	path := filepath.Join(dir, deliveriesFile)
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockTimeout, FreelistType: bbolt.FreelistMapType, PageSize: pageSize, NoStatistics: true})
	if errors.Is(err, bbolterrors.ErrTimeout) {
		return nil, inUse(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("ledger: open %s: %w (without this file the events of the last seven days are sent again)", path, err)
	}
	db.MaxBatchDelay = gather
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketCourses, bucketDeliveries, bucketDue, bucketMeta} {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return checkFormat(tx.Bucket(bucketMeta), format)
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("ledger: %s: %w", path, err), db.Close())
	}
	return &Deliveries{db: db}, nil
}

// Close releases the file. A second Close does nothing.
func (d *Deliveries) Close() error {
	if d.closed.Swap(true) {
		return nil
	}
	return d.db.Close()
}

func (d *Deliveries) ready(ctx context.Context) error {
	if d.closed.Load() {
		return ledger.ErrClosed
	}
	return ctx.Err()
}

func (d *Deliveries) view(ctx context.Context, read func(tx *bbolt.Tx) error) error {
	if err := d.ready(ctx); err != nil {
		return err
	}
	return d.asClosed(d.db.View(read))
}

func (*Deliveries) asClosed(err error) error {
	if errors.Is(err, bbolterrors.ErrDatabaseNotOpen) {
		return ledger.ErrClosed
	}
	return err
}

// Course is described at ledger.Deliveries.
func (d *Deliveries) Course(ctx context.Context, e ledger.EndpointKey) (c ledger.Course, known bool, err error) {
	err = d.view(ctx, func(tx *bbolt.Tx) (err error) {
		c, known, err = courseOf(tx, &e)
		return err
	})
	return c, known, err
}

func courseOf(tx *bbolt.Tx, e *ledger.EndpointKey) (ledger.Course, bool, error) {
	encoded := bucketOf(tx, bucketCourses).Get(e.Bytes())
	if encoded == nil {
		return ledger.Course{}, false, nil
	}
	of, c, err := ledger.DecodeCourse(encoded)
	if err == nil && of != *e {
		err = errors.New("ledger: a course is kept under the key of another endpoint")
	}
	return c, err == nil, err
}

// Deliveries is described at ledger.Deliveries.
func (d *Deliveries) Deliveries(ctx context.Context, q ledger.DeliveryQuery) (list []ledger.Delivery, err error) {
	if q.Limit < 1 || q.Limit > maxLimit {
		return nil, fmt.Errorf("ledger: a page of %d deliveries", q.Limit)
	}
	prefix := q.Endpoint.Bytes()
	err = d.view(ctx, func(tx *bbolt.Tx) error {
		c := bucketOf(tx, bucketDeliveries).Cursor()
		for k, v := c.Seek(deliveryKey(&q.Endpoint, q.After+1)); bytes.HasPrefix(k, prefix) && len(list) < q.Limit; k, v = c.Next() {
			found, err := ledger.DecodeDelivery(v)
			if err != nil {
				return err
			}
			if q.State == "" || q.State == found.State {
				list = append(list, found)
			}
		}
		return nil
	})
	return list, err
}

// Due is described at ledger.Deliveries.
func (d *Deliveries) Due(ctx context.Context, e ledger.EndpointKey, until time.Time, limit int) (list []ledger.Delivery, err error) {
	if limit < 1 || limit > maxLimit {
		return nil, fmt.Errorf("ledger: a page of %d deliveries", limit)
	}
	prefix := e.Bytes()
	end := binary.BigEndian.AppendUint64(bytes.Clone(prefix), instant(until))
	err = d.view(ctx, func(tx *bbolt.Tx) error {
		c := bucketOf(tx, bucketDue).Cursor()
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix) && len(list) < limit; k, _ = c.Next() {
			if bytes.Compare(k[:len(end)], end) > 0 {
				break
			}
			found, err := ledger.DecodeDelivery(bucketOf(tx, bucketDeliveries).Get(deliveryKey(&e, binary.BigEndian.Uint64(k[len(end):]))))
			if err != nil {
				return err
			}
			list = append(list, found)
		}
		return nil
	})
	return list, err
}

// Courses is described at ledger.Deliveries.
func (d *Deliveries) Courses(ctx context.Context) (map[ledger.EndpointKey]ledger.Course, error) {
	courses := map[ledger.EndpointKey]ledger.Course{}
	err := d.view(ctx, func(tx *bbolt.Tx) error {
		return bucketOf(tx, bucketCourses).ForEach(func(_, v []byte) error {
			e, c, err := ledger.DecodeCourse(v)
			courses[e] = c
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return courses, nil
}
