package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"kessai.dev/kessai/internal/ledger"
)

// errUncertain says that the answer to a COMMIT was lost, or that it came with a warning:
// a server that stops waiting for its standby commits all the same, and warns.
var errUncertain = errors.New("the outcome of a commit is not known")

const (
	sqlJournal = `INSERT INTO journal (seq, payment, number, kind, time, record)
		SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::text[], $5::bigint[], $6::bytea[])`
	sqlPayments = `INSERT INTO payments (id, version, first, last, hash, shop, environment, customer, delivery, foreign_number, created, amount, state, flags, care)
		SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[], $4::bigint[], $5::bytea[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::integer[], $14::integer[], $15::boolean[])
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, last = excluded.last, hash = excluded.hash, customer = excluded.customer,
			delivery = excluded.delivery, amount = excluded.amount, state = excluded.state, flags = excluded.flags, care = excluded.care`
	sqlClaims = `INSERT INTO claims (digest, turn, payment, number, seq)
		SELECT * FROM unnest($1::bytea[], $2::integer[], $3::text[], $4::integer[], $5::bigint[])`
	sqlPutKeys = `INSERT INTO payment_keys (payment, personal, secret, forgotten)
		SELECT * FROM unnest($1::text[], $2::bytea[], $3::bytea[], $4::bytea[])
		ON CONFLICT (payment) DO UPDATE SET personal = excluded.personal, secret = excluded.secret, forgotten = excluded.forgotten`
	sqlMark = `INSERT INTO writers (id, process, groups, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET groups = excluded.groups, at = excluded.at`
	sqlBooks = "UPDATE books SET last = $1, head = $2, sealed = $3, seal_hash = $4, partitions = $5 WHERE id = 1"
)

// put writes what was admitted and commits, in one round trip. The row of books has been
// ours since the one before, so until this transaction has ended, one way or the other,
// nobody else gets it: that is what settle relies on.
func (l *Ledger) put(ctx context.Context, conn *pgx.Conn, g *group) error {
	if err := l.makePartitions(ctx, conn, g); err != nil {
		return err
	}
	b := &pgx.Batch{}
	g.queueKeys(b)
	g.queueRecords(b)
	g.queueClaims(b)
	if g.seal && g.last > g.sealed {
		l.queueSeal(b, g)
	}
	b.Queue(sqlMark, l.id[:], column(l.options.Process), g.marker, g.now.UnixNano())
	b.Queue(sqlBooks, g.last, g.head[:], g.sealed, g.sealHash[:], g.partitions)
	return l.finish(ctx, conn, b)
}

func (l *Ledger) finish(ctx context.Context, conn *pgx.Conn, b *pgx.Batch) error {
	return finish(ctx, conn, b, &l.notice)
}

// finish sends the statements of b and a COMMIT. The connection sets notice when the server
// warns.
func finish(ctx context.Context, conn *pgx.Conn, b *pgx.Batch, notice *bool) error {
	var tag string
	b.Queue("COMMIT").Exec(func(t pgconn.CommandTag) error {
		tag = t.String()
		return nil
	})
	*notice = false
	err := conn.SendBatch(ctx, b).Close()
	switch {
	case err == nil && tag == "COMMIT" && !*notice:
		return nil
	case err == nil && tag == "ROLLBACK":
		return errors.New("the server rolled the group back")
	case err == nil:
		return fmt.Errorf("%w: the server warned while it committed", errUncertain)
	case denied(err):
		return err
	}
	return fmt.Errorf("%w: %w", errUncertain, err)
}

// denied reports an error by which the server says that the transaction is not committed.
// A server that ends the connection says nothing of the kind.
func denied(err error) bool {
	var refusal *pgconn.PgError
	return errors.As(err, &refusal) && refusal.SeverityUnlocalized == "ERROR" &&
		refusal.Code != "40003" && refusal.Code[:2] != "08"
}

func (g *group) queueRecords(b *pgx.Batch) {
	var (
		seqs, times []int64
		ids, kinds  []string
		numbers     []int32
		records     [][]byte
		latest      = map[string]*row{}
	)
	for _, r := range g.admitted {
		if r.task != taskAppend {
			continue
		}
		first := r.row.last - uint64(len(r.records)) + 1
		for i, record := range r.records {
			seqs, ids, records = append(seqs, int64(first)+int64(i)), append(ids, string(r.id)), append(records, record)
			numbers, kinds, times = append(numbers, int32(r.version+i+1)), append(kinds, r.events[i].kind), append(times, r.events[i].time)
		}
		latest[r.row.id] = &r.row // a payment may be there twice, the later one last
	}
	if len(seqs) > 0 {
		b.Queue(sqlJournal, seqs, ids, numbers, kinds, times, records)
		queueRows(b, latest)
	}
}

func queueRows(b *pgx.Batch, rows map[string]*row) {
	var (
		ids, shops, environments, customers, deliveries, foreign []string
		versions, states, flags                                  []int32
		firsts, lasts, created, amounts                          []int64
		hashes                                                   [][]byte
		care                                                     []bool
	)
	for id, r := range rows {
		ids, versions, firsts, lasts, hashes = append(ids, id), append(versions, int32(r.version)), append(firsts, int64(r.first)), append(lasts, int64(r.last)), append(hashes, r.hash[:])
		shops, environments, customers, deliveries, foreign = append(shops, r.shop), append(environments, r.environment), append(customers, r.customer), append(deliveries, r.delivery), append(foreign, r.foreign)
		created, amounts, states, flags, care = append(created, r.created), append(amounts, r.amount), append(states, int32(r.state)), append(flags, int32(r.flags)), append(care, r.care)
	}
	b.Queue(sqlPayments, ids, versions, firsts, lasts, hashes, shops, environments, customers, deliveries, foreign, created, amounts, states, flags, care)
}

// queueClaims writes every claim of the group, also those that a later one of the same
// group replaces.
func (g *group) queueClaims(b *pgx.Batch) {
	var (
		digests        [][]byte
		turns, numbers []int32
		ids            []string
		seqs           []int64
		left           = map[ledger.Digest]int{} // the turn of the key's next claim, from its last backwards
	)
	for i := len(g.admitted) - 1; i >= 0; i-- {
		r := g.admitted[i]
		for j := range r.claims {
			key := r.claims[j].key
			turn, later := left[key]
			if !later {
				turn = g.holders[key].turn
			}
			left[key] = turn - 1
			digests, turns, ids = append(digests, key[:]), append(turns, int32(turn)), append(ids, string(r.id))
			numbers, seqs = append(numbers, int32(r.version+1)), append(seqs, int64(r.row.last)-int64(len(r.records))+1)
		}
	}
	if len(digests) > 0 {
		b.Queue(sqlClaims, digests, turns, ids, numbers, seqs)
	}
}

// queueKeys writes keys and tombstones.
func (g *group) queueKeys(b *pgx.Batch) {
	var (
		ids                         []string
		personal, secret, forgotten [][]byte
	)
	for id, s := range g.keys {
		if s.changed {
			ids, personal, secret, forgotten = append(ids, string(id)), append(personal, s.Personal), append(secret, s.Secret), append(forgotten, s.Forgotten)
		}
	}
	if len(ids) > 0 {
		b.Queue(sqlPutKeys, ids, personal, secret, forgotten)
	}
}

func (l *Ledger) queueSeal(b *pgx.Batch, g *group) {
	s := ledger.Seal{Sequence: g.last, Time: g.now, Head: g.head, Before: g.sealHash}
	encoded := s.Sign(l.keys.seal)
	g.sealed, g.sealHash = g.last, ledger.SealHash(encoded)
	b.Queue("INSERT INTO seals (seq, seal) VALUES ($1, $2)", g.last, encoded)
}
