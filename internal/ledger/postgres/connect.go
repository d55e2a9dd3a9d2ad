package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"kessai.dev/kessai/internal/ledger"
)

// maxConnections is how many connections a process has for reading, beside that of its
// writer. The DSN's pool_max_conns says otherwise.
const maxConnections = 16

// connect makes the pools, and finds out whether the database is there.
func (l *Ledger) connect(ctx context.Context) error {
	config, err := l.poolConfig(l.options.DSN, pgconn.ValidateConnectTargetSessionAttrsReadWrite)
	if err != nil {
		return err
	}
	l.writing = config.ConnConfig.Copy()
	l.writing.Tracer = l.options.trace
	// A writer whose process is cut off must not keep the row of books from all others.
	l.writing.RuntimeParams["idle_in_transaction_session_timeout"] = fmt.Sprint(l.options.Attempt.Milliseconds())
	l.writing.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) { l.notice = l.notice || n.SeverityUnlocalized == "WARNING" }
	if l.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	if l.options.ReplicaDSN != "" {
		config, err := l.poolConfig(l.options.ReplicaDSN, nil)
		if err != nil {
			return err
		}
		pool, err := pgxpool.NewWithConfig(ctx, config) // which connects when it is asked first
		if err != nil {
			return fmt.Errorf("ledger: %w", err)
		}
		l.replica = &replica{pool: pool, options: &l.options}
	}
	if err := l.pool.Ping(ctx); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return nil
}

// poolConfig reads a DSN. Its errors never show the password.
func (l *Ledger) poolConfig(dsn string, check pgconn.ValidateConnectFunc) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil { // which tells the DSN
		return nil, errors.New("ledger: the address of the database cannot be read: postgres://user@host1,host2/database is one")
	}
	if !strings.Contains(dsn, "pool_max_conns") {
		config.MaxConns = maxConnections
	}
	c := config.ConnConfig
	if c.ConnectTimeout == 0 || c.ConnectTimeout > l.options.Attempt {
		c.ConnectTimeout = min(3*time.Second, l.options.Attempt)
	}
	if c.ValidateConnect == nil {
		c.ValidateConnect = check
	}
	for name, value := range map[string]string{"synchronous_commit": "on", "application_name": "kessai " + l.options.Process} {
		if c.RuntimeParams[name] == "" {
			c.RuntimeParams[name] = value
		}
	}
	if c.RuntimeParams["synchronous_commit"] == "off" {
		return nil, errors.New("ledger: synchronous_commit=off would acknowledge what is not on disk")
	}
	return config, nil
}

// The pause between two attempts grows from the first to the second.
const (
	firstPause   = 20 * time.Millisecond
	longestPause = time.Second
)

// pause waits before the next attempt; false: ctx has ended.
func pause(ctx context.Context, attempt int) bool {
	d := longestPause
	if attempt < 6 {
		d = firstPause << attempt
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// read runs what only reads, on a connection to pool, and again on another one when the
// first was lost, for as long as ctx and Options.Patience allow.
func (l *Ledger) read(ctx context.Context, pool *pgxpool.Pool, work func(ctx context.Context, conn *pgxpool.Conn) error) error {
	patience, cancel := context.WithTimeout(ctx, l.options.Patience)
	defer cancel()
	for attempt := 0; ; attempt++ {
		err := l.ready(ctx)
		if err == nil {
			if err = l.readOnce(patience, pool, work); err == nil {
				return nil
			}
		}
		if l.closed.Load() {
			return ledger.ErrClosed
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !passing(err) {
			return err
		}
		if !pause(patience, attempt) {
			return fmt.Errorf("ledger: the database cannot be reached: %w", err)
		}
	}
}

func (l *Ledger) readOnce(ctx context.Context, pool *pgxpool.Pool, work func(ctx context.Context, conn *pgxpool.Conn) error) error {
	ctx, cancel := context.WithTimeout(ctx, l.options.Attempt)
	defer cancel()
	return pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error { return work(ctx, conn) })
}

// passing reports an error that another attempt may not have: the server is gone, or
// about to go or come, or two transactions were in each other's way.
func passing(err error) bool {
	var refusal *pgconn.PgError
	if errors.As(err, &refusal) {
		switch refusal.Code {
		case "40001", "40P01", // serialization failure, deadlock
			"40003",                   // outcome unknown (CockroachDB)
			"25006",                   // read only: no primary any more
			"53300",                   // too many connections
			"57P01", "57P02", "57P03", // shut down, crashed, starting
			"25P03",                            // idle in transaction for too long
			"08000", "08003", "08006", "08P01": // connection
			return true
		}
		return false
	}
	return lost(err)
}

// lost reports an error of the connection itself.
func lost(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || pgconn.Timeout(err) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, pgconn.ErrConnClosed)
}

// noRows makes of "there is no such row" that it is not found.
func noRows(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return ledger.ErrNotFound
	}
	return err
}
