package postgres

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"kessai.dev/kessai/internal/ledger"
)

// Settle is described at ledger.Deliveries. After ErrUnknown it may be settled: to settle
// the same again does no harm.
func (d *Deliveries) Settle(ctx context.Context, c ledger.DeliveryChange) error {
	if err := errors.Join(d.ready(ctx), c.Check()); err != nil {
		return err
	}
	s := &settling{change: &c, key: c.Endpoint.Bytes()}
	return d.scribes.change(ctx, change{look: s.look, write: s.write})
}

// settling is what became of an endpoint's deliveries, being written.
type settling struct {
	change *ledger.DeliveryChange
	key    []byte

	// As they are when the endpoint's row is locked. One that has no row yet is not locked:
	// of two who make it, one is told that the other has, and looks again.
	course []byte
	states map[int64]ledger.DeliveryState
	stay   map[int64]bool // they were put anew, so they are not done
}

const (
	sqlCourse    = "SELECT record FROM courses WHERE endpoint = $1 FOR UPDATE"
	sqlStates    = "SELECT number, record FROM deliveries WHERE endpoint = $1 AND number = ANY($2)"
	sqlNewCourse = "INSERT INTO courses (endpoint, record) VALUES ($1, $2)"
	sqlPutCourse = "UPDATE courses SET record = $2 WHERE endpoint = $1"
	sqlDone      = "DELETE FROM deliveries WHERE endpoint = $1 AND number = ANY($2)"
	sqlKeep      = `INSERT INTO deliveries (endpoint, number, state, due, record)
		SELECT $1::bytea, n, s, d, r FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bytea[]) AS kept (n, s, d, r)
		ON CONFLICT (endpoint, number) DO UPDATE SET state = excluded.state, due = excluded.due, record = excluded.record`
)

func (s *settling) look(b *pgx.Batch) {
	var numbers []int64
	for _, n := range s.change.Done {
		numbers = append(numbers, number(n))
	}
	for i := range s.change.Put {
		numbers = append(numbers, number(s.change.Put[i].Number))
	}
	s.course, s.states, s.stay = nil, map[int64]ledger.DeliveryState{}, map[int64]bool{}
	b.Queue(sqlCourse, s.key).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{&s.course}, func() error { return nil })
		return err
	})
	if len(numbers) == 0 {
		return
	}
	b.Queue(sqlStates, s.key, numbers).Query(func(rows pgx.Rows) error {
		list, err := pgx.CollectRows(rows, scanDelivery)
		for i := range list {
			n := number(list[i].Number)
			if s.states[n] = list[i].State; s.done(n) && !s.change.Ends(&list[i]) {
				s.stay[n] = true
				delete(s.states, n) // nothing becomes of it
			}
		}
		return err
	})
}

func (s *settling) done(n int64) bool {
	return slices.ContainsFunc(s.change.Done, func(d uint64) bool { return number(d) == n })
}

func (s *settling) write(b *pgx.Batch) error {
	var course ledger.Course
	sql := sqlNewCourse
	if s.course != nil {
		var err error
		if course, err = decodeCourse(&s.change.Endpoint, s.course); err != nil {
			return err
		}
		sql = sqlPutCourse
	}
	course = s.change.Settled(course, s.course != nil)
	s.count(&course)
	record, err := course.Encode(s.change.Endpoint)
	if err != nil {
		return err
	}
	b.Queue(sql, s.key, record)
	return s.writeDeliveries(b)
}

// count counts what goes and what comes.
func (s *settling) count(course *ledger.Course) {
	add := func(state ledger.DeliveryState, n int) {
		switch state {
		case ledger.DeliveryWaiting:
			course.Waiting += n
		case ledger.DeliveryDead:
			course.Dead += n
		}
	}
	for _, state := range s.states {
		add(state, -1)
	}
	for i := range s.change.Put {
		add(s.change.Put[i].State, 1)
	}
}

func (s *settling) writeDeliveries(b *pgx.Batch) error {
	var (
		done, numbers, due []int64
		states             []string
		records            [][]byte
	)
	for _, n := range s.change.Done {
		if !s.stay[number(n)] {
			done = append(done, number(n))
		}
	}
	for i := range s.change.Put {
		d := &s.change.Put[i]
		record, err := d.Encode()
		if err != nil {
			return err
		}
		numbers, states, due, records = append(numbers, number(d.Number)), append(states, string(d.State)), append(due, nanos(d.Next)), append(records, record)
	}
	if len(done) > 0 {
		b.Queue(sqlDone, s.key, done)
	}
	if len(numbers) > 0 {
		b.Queue(sqlKeep, s.key, numbers, states, due, records)
	}
	return nil
}

// forgetChunk is how many deliveries go in one transaction.
const forgetChunk = 1000

const (
	sqlForgetSome = "DELETE FROM deliveries WHERE endpoint = $1 AND number IN (SELECT number FROM deliveries WHERE endpoint = $1 ORDER BY number LIMIT $2)"
	sqlAny        = "SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE endpoint = $1 LIMIT $2) AS kept"
)

// Forget is described at ledger.Deliveries. The course goes last: interrupted, it can be
// called again.
func (d *Deliveries) Forget(ctx context.Context, e ledger.EndpointKey) error {
	f := &forgetting{key: e.Bytes()}
	for {
		if err := d.ready(ctx); err != nil {
			return err
		}
		if err := d.scribes.change(ctx, change{look: f.look, write: f.write}); err != nil || !f.more() {
			return err
		}
	}
}

// forgetting is all that there is of an endpoint, going.
type forgetting struct {
	key   []byte
	known bool // it has a course: without one there is nothing of it
	left  int  // deliveries, or more
}

func (f *forgetting) more() bool { return f.known && f.left > forgetChunk }

func (f *forgetting) look(b *pgx.Batch) {
	f.known = false
	b.Queue(sqlCourse, f.key).Query(func(rows pgx.Rows) error {
		f.known = rows.Next()
		rows.Close()
		return rows.Err()
	})
	b.Queue(sqlAny, f.key, forgetChunk+1).QueryRow(func(r pgx.Row) error { return r.Scan(&f.left) })
}

func (f *forgetting) write(b *pgx.Batch) error {
	if !f.known {
		return nil
	}
	b.Queue(sqlForgetSome, f.key, forgetChunk)
	if !f.more() {
		b.Queue("DELETE FROM courses WHERE endpoint = $1", f.key)
	}
	return nil
}
