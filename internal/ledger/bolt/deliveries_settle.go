package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"time"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
)

// Settle is described at ledger.Deliveries. Several that come together are one
// commit.
func (d *Deliveries) Settle(ctx context.Context, c ledger.DeliveryChange) error {
	if err := errors.Join(d.ready(ctx), c.Check()); err != nil {
		return err
	}
	return d.asClosed(d.db.Batch(func(tx *bbolt.Tx) error { return settle(tx, &c) }))
}

func settle(tx *bbolt.Tx, c *ledger.DeliveryChange) error {
	course, known, err := courseOf(tx, &c.Endpoint)
	if err != nil {
		return err
	}
	course = c.Settled(course, known)
	for _, n := range c.Done {
		if err := dropDelivery(tx, &c.Endpoint, n, &course, c.Ends); err != nil {
			return err
		}
	}
	for i := range c.Put {
		if err := keepDelivery(tx, &c.Endpoint, &c.Put[i], &course); err != nil {
			return err
		}
	}
	encoded, err := course.Encode(c.Endpoint)
	if err != nil {
		return err
	}
	return bucketOf(tx, bucketCourses).Put(c.Endpoint.Bytes(), encoded)
}

// whatever takes anything away.
func whatever(*ledger.Delivery) bool { return true }

// dropDelivery takes a delivery away, if it is there and is to go, and counts.
func dropDelivery(tx *bbolt.Tx, e *ledger.EndpointKey, n uint64, course *ledger.Course, goes func(*ledger.Delivery) bool) error {
	key := deliveryKey(e, n)
	encoded := bucketOf(tx, bucketDeliveries).Get(key)
	if encoded == nil {
		return nil
	}
	old, err := ledger.DecodeDelivery(encoded)
	if err != nil || !goes(&old) {
		return err
	}
	switch old.State {
	case ledger.DeliveryWaiting:
		course.Waiting--
		if err := bucketOf(tx, bucketDue).Delete(dueKey(e, old.Next, n)); err != nil {
			return err
		}
	case ledger.DeliveryDead:
		course.Dead--
	}
	return bucketOf(tx, bucketDeliveries).Delete(key)
}

func keepDelivery(tx *bbolt.Tx, e *ledger.EndpointKey, d *ledger.Delivery, course *ledger.Course) error {
	if err := dropDelivery(tx, e, d.Number, course, whatever); err != nil {
		return err
	}
	encoded, err := d.Encode()
	if err != nil {
		return err
	}
	switch d.State {
	case ledger.DeliveryWaiting:
		course.Waiting++
		if err := bucketOf(tx, bucketDue).Put(dueKey(e, d.Next, d.Number), []byte{}); err != nil {
			return err
		}
	case ledger.DeliveryDead:
		course.Dead++
	}
	return bucketOf(tx, bucketDeliveries).Put(deliveryKey(e, d.Number), encoded)
}

func deliveryKey(e *ledger.EndpointKey, n uint64) []byte {
	return binary.BigEndian.AppendUint64(e.Bytes(), n)
}

// dueKey sorts by time, then by number. Times before 1970 are as good as 1970.
func dueKey(e *ledger.EndpointKey, at time.Time, n uint64) []byte {
	b := binary.BigEndian.AppendUint64(e.Bytes(), instant(at))
	return binary.BigEndian.AppendUint64(b, n)
}

func instant(t time.Time) uint64 {
	switch {
	case t.Unix() < 0:
		return 0
	case t.Year() > 2200:
		return 1<<63 - 1
	}
	return uint64(t.UnixNano()) //nolint:gosec // not before 1970
}

// forgetChunk is how many deliveries go in one transaction.
const forgetChunk = 1000

// Forget is described at ledger.Deliveries. The course goes last: interrupted, it
// can be called again.
func (d *Deliveries) Forget(ctx context.Context, e ledger.EndpointKey) error {
	for more := true; more; {
		if err := d.ready(ctx); err != nil {
			return err
		}
		err := d.asClosed(d.db.Update(func(tx *bbolt.Tx) (err error) {
			more, err = forgetSome(tx, e.Bytes())
			return err
		}))
		if err != nil {
			return err
		}
	}
	return nil
}

func forgetSome(tx *bbolt.Tx, prefix []byte) (more bool, err error) {
	left := forgetChunk
	for _, name := range [][]byte{bucketDue, bucketDeliveries, bucketCourses} {
		b := bucketOf(tx, name)
		c := b.Cursor()
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Seek(prefix) {
			if left--; left < 0 {
				return true, nil
			}
			if err := b.Delete(bytes.Clone(k)); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}
