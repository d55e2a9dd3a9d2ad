package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

// proveBeside adds what lies beside the journal to a report without a fault: members,
// documents and trails. What is wrong with them comes as a fault; it holds no transaction
// open (P97).
func (l *Ledger) proveBeside(ctx context.Context, report ledger.Report) (ledger.Report, error) {
	for _, part := range []struct {
		name  string
		prove func(context.Context, *ledger.Report) error
	}{{"members", l.proveMembers}, {"documents", l.proveDocuments}, {"trail", l.proveTrails}} {
		err := part.prove(ctx, &report)
		switch {
		case err == nil:
		case errors.Is(err, ledger.ErrClosed), ctx.Err() != nil, passing(err):
			return report, err
		default:
			report.Fault = &ledger.Fault{What: part.name + ": " + err.Error()}
			return report, nil
		}
	}
	return report, nil
}

func (l *Ledger) proveDocuments(ctx context.Context, report *ledger.Report) error {
	list, err := l.documents(ctx)
	report.Documents = uint64(len(list))
	return err
}

// proveTrails follows the links of all trails from their ends to their first entries, and
// counts that no entry lies outside of them (P87).
func (l *Ledger) proveTrails(ctx context.Context, report *ledger.Report) error {
	var (
		tenants      [][]byte
		linked, kept uint64
	)
	err := l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		err := conn.QueryRow(ctx, "SELECT (SELECT coalesce(sum(number), 0)::bigint FROM trail_ends), (SELECT count(*) FROM trail)").Scan(&linked, &kept)
		if err != nil {
			return err
		}
		rows, err := conn.Query(ctx, "SELECT tenant FROM trail_ends ORDER BY tenant")
		if err != nil {
			return err
		}
		tenants, err = pgx.CollectRows(rows, pgx.RowTo[[]byte])
		return err
	})
	if err != nil {
		return err
	}
	if linked != kept {
		return fmt.Errorf("the trails have %d entries, and %d are kept", linked, kept)
	}
	for _, tenant := range tenants {
		n, err := l.proveTrail(ctx, tenant)
		if err != nil {
			return err
		}
		report.Changes += n
	}
	return nil
}

// proveTrail follows one trail, a page at a time. Entries that come meanwhile are not looked
// at; those that are there do not change.
func (l *Ledger) proveTrail(ctx context.Context, tenant []byte) (entries uint64, err error) {
	var end trailEnd
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		end, err = trailEndOf(ctx, conn, tenant)
		return err
	})
	for err == nil && end.number > 0 {
		var page []linkedEntry
		err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) (err error) {
			page, err = trailPage(ctx, conn, tenant, end.number, ledger.MaxTrail)
			return err
		})
		for i := range page {
			if page[i].hash != end.hash {
				return 0, fmt.Errorf("entry %d of the trail of %q in %s is not the one that was written", end.number, page[i].Tenant.Shop, page[i].Tenant.Environment)
			}
			entries++
			end.number, end.hash = end.number-1, page[i].Before
		}
	}
	if err == nil && end != (trailEnd{}) {
		err = errors.New("a trail does not begin with its first entry")
	}
	return entries, err
}
