package postgres

import (
	"context"
	"database/sql"
	"embed"
	"io/fs"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// maxMigrations is how often it is tried: processes that start together are in each
// other's way, and one of them wins. Each migration is one transaction with its own entry
// of being done, so the others find it done.
const maxMigrations = 6

// migrate brings the tables up to this version.
func (l *Ledger) migrate(ctx context.Context) (err error) {
	config := l.writing.Copy()
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "0"
	config.OnNotice = nil
	db := stdlib.OpenDB(*config)
	defer db.Close() //nolint:errcheck // what was to be kept is committed
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	for attempt := range maxMigrations {
		if err = up(ctx, db, files); err == nil || !pause(ctx, attempt) {
			return err
		}
	}
	return err
}

func up(ctx context.Context, db *sql.DB, files fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}
