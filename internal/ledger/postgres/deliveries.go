package postgres

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

// Deliveries is a ledger.Deliveries in the database of the books, in tables of its own.
type Deliveries struct {
	ledger  *Ledger
	scribes *scribes
	closed  atomic.Bool
}

var _ ledger.Deliveries = (*Deliveries)(nil)

// OpenDeliveries gives the deliveries. They read over the connections of the books, so they
// are to be closed before these.
func (l *Ledger) OpenDeliveries() *Deliveries {
	return &Deliveries{ledger: l, scribes: newScribes(l, maxScribes)}
}

// Close ends what is under way. A second Close does nothing.
func (d *Deliveries) Close() error {
	if !d.closed.Swap(true) {
		d.scribes.close()
	}
	return nil
}

func (d *Deliveries) ready(ctx context.Context) error {
	if d.closed.Load() {
		return ledger.ErrClosed
	}
	return ctx.Err()
}

func (d *Deliveries) read(ctx context.Context, work func(ctx context.Context, conn *pgxpool.Conn) error) error {
	if err := d.ready(ctx); err != nil {
		return err
	}
	return d.ledger.read(ctx, d.ledger.pool, work)
}

// Course is described at ledger.Deliveries.
func (d *Deliveries) Course(ctx context.Context, e ledger.EndpointKey) (c ledger.Course, known bool, err error) {
	err = d.read(ctx, func(ctx context.Context, conn *pgxpool.Conn) error {
		var record []byte
		err := conn.QueryRow(ctx, "SELECT record FROM courses WHERE endpoint = $1", e.Bytes()).Scan(&record)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err == nil {
			c, err = decodeCourse(&e, record)
		}
		known = err == nil
		return err
	})
	return c, known, err
}

// decodeCourse reads a course that is kept under an endpoint's key, and must be of it.
func decodeCourse(e *ledger.EndpointKey, record []byte) (ledger.Course, error) {
	of, c, err := ledger.DecodeCourse(record)
	if err == nil && of != *e {
		err = errors.New("ledger: a course is kept under the key of another endpoint")
	}
	return c, err
}

// Deliveries is described at ledger.Deliveries.
func (d *Deliveries) Deliveries(ctx context.Context, q ledger.DeliveryQuery) ([]ledger.Delivery, error) {
	if q.State == "" {
		return d.list(ctx, q.Limit, "SELECT number, record FROM deliveries WHERE endpoint = $1 AND number > $2 ORDER BY number LIMIT $3",
			q.Endpoint.Bytes(), number(q.After), q.Limit)
	}
	return d.list(ctx, q.Limit, "SELECT number, record FROM deliveries WHERE endpoint = $1 AND number > $2 AND state = $4 ORDER BY number LIMIT $3",
		q.Endpoint.Bytes(), number(q.After), q.Limit, column(string(q.State)))
}

// Due is described at ledger.Deliveries.
func (d *Deliveries) Due(ctx context.Context, e ledger.EndpointKey, until time.Time, limit int) ([]ledger.Delivery, error) {
	return d.list(ctx, limit, "SELECT number, record FROM deliveries WHERE endpoint = $1 AND state = 'WAITING' AND due <= $2 ORDER BY due, number LIMIT $3",
		e.Bytes(), nanos(until), limit)
}

func (d *Deliveries) list(ctx context.Context, limit int, sql string, args ...any) (list []ledger.Delivery, err error) {
	if err := d.ready(ctx); err != nil {
		return nil, err
	}
	if limit < 1 || limit > maxLimit {
		return nil, fmt.Errorf("ledger: a page of %d deliveries", limit)
	}
	err = d.read(ctx, func(ctx context.Context, conn *pgxpool.Conn) error {
		rows, err := conn.Query(ctx, sql, args...)
		if err != nil {
			return err
		}
		list, err = pgx.AppendRows([]ledger.Delivery(nil), rows, scanDelivery)
		return err
	})
	return list, err
}

func scanDelivery(r pgx.CollectableRow) (d ledger.Delivery, err error) {
	var (
		n      uint64
		record []byte
	)
	if err := r.Scan(&n, &record); err != nil {
		return d, err
	}
	if d, err = ledger.DecodeDelivery(record); err == nil && d.Number != n {
		err = fmt.Errorf("ledger: delivery %d is kept under the number %d", d.Number, n)
	}
	return d, err
}

// number is a place in the journal as a column has it.
func number(n uint64) int64 { return int64(min(n, math.MaxInt64)) } //nolint:gosec // it fits

// Courses is described at ledger.Deliveries.
func (d *Deliveries) Courses(ctx context.Context) (courses map[ledger.EndpointKey]ledger.Course, err error) {
	err = d.read(ctx, func(ctx context.Context, conn *pgxpool.Conn) error {
		courses = map[ledger.EndpointKey]ledger.Course{}
		rows, err := conn.Query(ctx, "SELECT record FROM courses")
		if err != nil {
			return err
		}
		var record []byte
		_, err = pgx.ForEachRow(rows, []any{&record}, func() error {
			e, c, err := ledger.DecodeCourse(record)
			courses[e] = c
			return err
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return courses, nil
}
