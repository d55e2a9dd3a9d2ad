package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// maxMigrations is how often it is tried: processes that start together are in each
// other's way, and one of them wins. Each migration is one transaction with its own entry
// of being done, so the others find it done.
const maxMigrations = 6

// migrate brings the tables up to this version. Tables of a later one are left as they are:
// during a rolling update both work with them.
func (l *Ledger) migrate(ctx context.Context) (err error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	if done, err := l.migrated(ctx, files); done || err != nil {
		return err
	}
	config := l.writing.Copy()
	config.RuntimeParams["idle_in_transaction_session_timeout"] = "0"
	config.OnNotice = nil
	db := stdlib.OpenDB(*config)
	defer db.Close() //nolint:errcheck // what was to be kept is committed
	for attempt := range maxMigrations {
		if err = up(ctx, db, files); err == nil || !pause(ctx, attempt) {
			return err
		}
	}
	return err
}

// migrated reports whether the last of the files was applied: a start need not look any
// further then.
func (l *Ledger) migrated(ctx context.Context, files fs.FS) (done bool, err error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return false, err
	}
	last, _, _ := strings.Cut(names[len(names)-1], "_")
	version, err := strconv.Atoi(last)
	if err != nil {
		return false, err
	}
	err = l.read(ctx, l.pool, func(ctx context.Context, conn *pgxpool.Conn) error {
		return conn.QueryRow(ctx, "SELECT count(*) > 0 FROM goose_db_version WHERE is_applied AND version_id >= $1", version).Scan(&done)
	})
	var refusal *pgconn.PgError
	if errors.As(err, &refusal) && refusal.Code == "42P01" { // there is no such table: a new database
		return false, nil
	}
	return done, err
}

func up(ctx context.Context, db *sql.DB, files fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}
