package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"kessai.dev/kessai/internal/ledger"
)

// Revise is described at ledger.Shops. After ErrUnreachable nothing of the revision counts.
// After ErrUnknown it may: then its documents have Version+1, which whoever reads them sees.
func (l *Ledger) Revise(ctx context.Context, r ledger.Revision) error {
	if err := errors.Join(l.ready(ctx), r.Check()); err != nil {
		return err
	}
	v := &revising{revision: &r}
	return l.scribes.change(ctx, change{look: v.look, write: v.write})
}

// revising is a revision being made.
type revising struct {
	revision *ledger.Revision

	// As they are when the row of registry is locked.
	changes   int64               // how many there were
	documents map[string][]byte   // by name
	ends      map[string]trailEnd // by tenant
}

const (
	sqlRegistry  = "SELECT changes FROM registry WHERE id = 1 FOR UPDATE"
	sqlDocuments = "SELECT name, record FROM documents WHERE name = ANY($1)"
	sqlEnds      = "SELECT tenant, number, hash FROM trail_ends WHERE tenant = ANY($1)"

	sqlPutDocuments = `INSERT INTO documents (name, record, changed) SELECT n, r, $3 FROM unnest($1::bytea[], $2::bytea[]) AS made (n, r)
		ON CONFLICT (name) DO UPDATE SET record = excluded.record, changed = excluded.changed`
	sqlPutTrail = "INSERT INTO trail (tenant, number, record) SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[])"
	sqlPutEnds  = `INSERT INTO trail_ends (tenant, number, hash) SELECT * FROM unnest($1::bytea[], $2::bigint[], $3::bytea[])
		ON CONFLICT (tenant) DO UPDATE SET number = excluded.number, hash = excluded.hash`
	sqlRevised = "UPDATE registry SET changes = changes + 1 WHERE id = 1"
)

// look locks the registry, and reads what the revision is about.
func (v *revising) look(b *pgx.Batch) {
	var names, tenants [][]byte
	for i := range v.revision.Documents {
		names = append(names, v.revision.Documents[i].Bytes())
	}
	for i := range v.revision.Trail {
		tenants = append(tenants, ledger.TrailKey(v.revision.Trail[i].Tenant))
	}
	v.documents, v.ends = map[string][]byte{}, map[string]trailEnd{}
	b.Queue(sqlRegistry).QueryRow(func(r pgx.Row) error { return r.Scan(&v.changes) })
	b.Queue(sqlDocuments, names).Query(func(rows pgx.Rows) error {
		var name, record []byte
		_, err := pgx.ForEachRow(rows, []any{&name, &record}, func() error {
			v.documents[string(name)] = record
			return nil
		})
		return err
	})
	b.Queue(sqlEnds, tenants).Query(func(rows pgx.Rows) error {
		var (
			tenant, hash []byte
			end          trailEnd
		)
		_, err := pgx.ForEachRow(rows, []any{&tenant, &end.number, &hash}, func() error {
			err := toHashes(hash, &end.hash)
			v.ends[string(tenant)] = end
			return err
		})
		return err
	})
}

// write holds the revision against what there is: ErrStale, or what is to be written.
func (v *revising) write(b *pgx.Batch) error {
	if err := v.writeDocuments(b); err != nil {
		return err
	}
	if err := v.writeTrail(b); err != nil {
		return err
	}
	b.Queue(sqlRevised)
	return nil
}

func (v *revising) writeDocuments(b *pgx.Batch) error {
	var names, records [][]byte
	for _, d := range v.revision.Documents {
		name := d.Bytes()
		record, err := d.Follow(v.documents[string(name)])
		if err != nil {
			return err
		}
		names, records = append(names, name), append(records, record)
	}
	b.Queue(sqlPutDocuments, names, records, v.changes+1)
	return nil
}

// writeTrail links each entry to the one before it of its tenant.
func (v *revising) writeTrail(b *pgx.Batch) error {
	var (
		tenants, records [][]byte
		numbers          []int64
	)
	for _, e := range v.revision.Trail {
		tenant := ledger.TrailKey(e.Tenant)
		end := v.ends[string(tenant)]
		e.Sequence, e.Before = end.number+1, end.hash
		record, hash, err := e.Encode()
		if err != nil {
			return err
		}
		v.ends[string(tenant)] = trailEnd{e.Sequence, hash}
		tenants, numbers, records = append(tenants, tenant), append(numbers, int64(e.Sequence)), append(records, record)
	}
	b.Queue(sqlPutTrail, tenants, numbers, records)
	v.writeEnds(b)
	return nil
}

func (v *revising) writeEnds(b *pgx.Batch) {
	var (
		tenants, hashes [][]byte
		numbers         []int64
	)
	for tenant, end := range v.ends {
		tenants, numbers, hashes = append(tenants, []byte(tenant)), append(numbers, int64(end.number)), append(hashes, end.hash[:])
	}
	b.Queue(sqlPutEnds, tenants, numbers, hashes)
}
