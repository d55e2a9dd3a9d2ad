package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

var _ ledger.Members = (*Ledger)(nil)

// Member is described at ledger.Members. It is read from the database every time, as
// another process may have changed it. The result is the caller's.
func (l *Ledger) Member(ctx context.Context, key ledger.MemberKey) (m ledger.Member, err error) {
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		var record []byte
		if err := conn.QueryRow(ctx, "SELECT record FROM members WHERE id = $1", key.Bytes()).Scan(&record); err != nil {
			return noRows(err)
		}
		m, err = decodeMember(key.Bytes(), record)
		return err
	})
	return m, err
}

// decodeMember reads a record that is kept under a key, and must be of it.
func decodeMember(id, record []byte) (ledger.Member, error) {
	m, err := ledger.DecodeMember(record)
	if err == nil && string(m.Bytes()) != string(id) {
		err = errors.New("ledger: a member is kept under the key of another")
	}
	if err != nil {
		return ledger.Member{}, err
	}
	return m, nil
}

const (
	sqlMember    = "SELECT record FROM members WHERE id = $1 FOR UPDATE"
	sqlNewMember = "INSERT INTO members (id, record) VALUES ($1, $2)"
	sqlPutMember = "UPDATE members SET record = $2 WHERE id = $1"
)

// PutMember is described at ledger.Members. After ErrUnreachable nothing of the record
// counts. After ErrUnknown it may: whoever reads the member sees its version.
func (l *Ledger) PutMember(ctx context.Context, m ledger.Member) error {
	if err := l.ready(ctx); err != nil {
		return err
	}
	expected := m.Version
	m.Version++
	record, err := m.Encode()
	if err != nil {
		return err
	}
	var before []byte
	id := m.Bytes()
	return l.scribes.change(ctx, change{
		look: func(b *pgx.Batch) {
			before = nil
			b.Queue(sqlMember, id).Query(func(rows pgx.Rows) error {
				_, err := pgx.ForEachRow(rows, []any{&before}, func() error { return nil })
				return err
			})
		},
		write: func(b *pgx.Batch) error {
			version, sql := 0, sqlNewMember
			if before != nil {
				have, err := decodeMember(id, before)
				if err != nil {
					return err
				}
				version, sql = have.Version, sqlPutMember
			}
			if version != expected {
				return ledger.ErrStale
			}
			b.Queue(sql, id, record)
			return nil
		},
	})
}

// membersChunk is how many members are read at a time.
const membersChunk = 200

// EachMember is described at ledger.Members. No transaction is open while yield runs.
func (l *Ledger) EachMember(ctx context.Context, yield func(ledger.Member) bool) error {
	for after := []byte{}; after != nil; {
		list, last, err := l.nextMembers(ctx, after)
		if err != nil {
			return err
		}
		for _, m := range list {
			if !yield(m) {
				return nil
			}
		}
		after = last
	}
	return nil
}

// nextMembers gives the members after a key, and the last key it looked at; nil: there are
// no more.
func (l *Ledger) nextMembers(ctx context.Context, after []byte) (list []ledger.Member, last []byte, err error) {
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		rows, err := conn.Query(ctx, "SELECT id, record FROM members WHERE id > $1 ORDER BY id LIMIT $2", after, membersChunk)
		if err != nil {
			return err
		}
		var id, record []byte
		list = nil
		_, err = pgx.ForEachRow(rows, []any{&id, &record}, func() error {
			m, err := decodeMember(id, record)
			list = append(list, m)
			return err
		})
		if last = nil; len(list) == membersChunk {
			last = id
		}
		return err
	})
	return list, last, err
}

// proveMembers reads every record, and counts cards that can be paid with.
func (l *Ledger) proveMembers(ctx context.Context, report *ledger.Report) error {
	return l.EachMember(ctx, func(m ledger.Member) bool {
		report.Members++
		for i := range m.Cards {
			if m.Cards[i].Active() {
				report.Cards++
			}
		}
		return true
	})
}
