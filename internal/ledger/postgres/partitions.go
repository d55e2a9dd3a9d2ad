package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// makePartitions makes those that the group needs, and one ahead. They belong to the
// group's transaction, in which the books are locked: no two processes make the same one.
// A partition is made by itself and attached then, which takes no lock that readers or a
// backup would have to wait for, or be waited for.
func (l *Ledger) makePartitions(ctx context.Context, conn *pgx.Conn, g *group) error {
	if g.width == 0 {
		return nil
	}
	for need := g.last/g.width + 2; g.partitions < need; g.partitions++ {
		name := fmt.Sprintf("journal_%06d", g.partitions)
		for _, sql := range []string{
			"CREATE TABLE " + name + " (LIKE journal)",
			fmt.Sprintf("ALTER TABLE journal ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)", name, g.partitions*g.width, (g.partitions+1)*g.width),
		} {
			if _, err := conn.Exec(ctx, sql); err != nil {
				return fmt.Errorf("make a partition of the journal: %w", err)
			}
		}
	}
	return nil
}
