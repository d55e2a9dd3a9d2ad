package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
)

// listener hears what the books log, and what the writer is about to commit.
type listener struct {
	slog.Handler
	settled [2]atomic.Int64        // commits whose answer was lost: not there, there
	commit  atomic.Pointer[func()] // called before a COMMIT is sent; nil: nothing
}

func (*listener) Enabled(context.Context, slog.Level) bool { return true }

func (h *listener) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "inTheBooks" {
			there := 0
			if a.Value.Bool() {
				there = 1
			}
			h.settled[there].Add(1)
		}
		return true
	})
	return nil
}

func (h *listener) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return ctx
}
func (h *listener) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (h *listener) TraceBatchStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	if q, call := data.Batch.QueuedQueries, h.commit.Load(); call != nil && q[len(q)-1].SQL == "COMMIT" {
		(*call)()
	}
	return ctx
}
func (h *listener) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}
func (h *listener) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData)     {}

func (h *listener) hears(o *Options) { o.Logger, o.trace = slog.New(h), h }

// proven ends a test: the books verify.
func proven(t *testing.T, l *Ledger) {
	t.Helper()
	report, err := l.Verify(t.Context(), nil)
	if err != nil || report.Fault != nil {
		t.Fatalf("verify: %v, %v", err, report.Fault)
	}
}

// P18, P96: wherever the connection is cut, in any statement, in the COMMIT or in its
// answer, the entry is in the books exactly once and its caller is told so. Both outcomes
// of a lost answer occur.
func TestCut(t *testing.T) {
	dsn := library(t)
	p, through := newProxy(t, dsn)
	h := &listener{}
	l := open(t, through, t.TempDir(), h.hears)
	author := ledgertest.NewAuthor(1)
	written := 0
	for _, answers := range []bool{false, true} {
		for at := 0; ; at += 149 {
			name := fmt.Sprintf("%v-%d", answers, at)
			e := author.Open(name, name, []byte("YAMADA"))
			p.arm(answers, at)
			if err := l.Append(t.Context(), e); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			written++
			if p.disarm() {
				break // it took less than that
			}
			events, err := l.History(t.Context(), e.Payment)
			if err != nil || len(events) != len(e.Events) {
				t.Fatalf("%s: %d events, %v", name, len(events), err)
			}
			holder, err := l.Find(t.Context(), e.Claims[0].Key)
			if err != nil || len(holder.Payments) != 1 {
				t.Fatalf("%s: %v, %v", name, holder, err)
			}
		}
	}
	t.Logf("%d cuts, lost answers: %d not in the books, %d in the books", p.cuts, h.settled[0].Load(), h.settled[1].Load())
	if h.settled[0].Load() == 0 || h.settled[1].Load() == 0 || p.cuts < 20 {
		t.Error("the cuts did not hit what they should")
	}
	proven(t, l)
}

// P18, P96: when the database stays away, a caller whose entry may be in the books hears
// that nobody knows, and one whose entry was not sent that it is not there; the books say
// that they cannot be written until the database is back. What was unknown is found then.
func TestUnknown(t *testing.T) {
	dsn := library(t)
	p, through := newProxy(t, dsn)
	h := &listener{}
	l := open(t, through, t.TempDir(), func(o *Options) {
		h.hears(o)
		o.Patience = 300 * time.Millisecond
	})
	author := ledgertest.NewAuthor(1)
	e := author.Open("o", "r", nil)
	if err := l.Append(t.Context(), e); err != nil { // statements are prepared from here on
		t.Fatal(err)
	}
	lost := author.Next(e.After, ledgertest.Authorized(e.After))
	goDown := func() { p.arm(true, 0); p.mu.Lock(); p.down = true; p.mu.Unlock() }
	h.commit.Store(&goDown)
	if err := l.Append(t.Context(), lost); !errors.Is(err, ErrUnknown) {
		t.Fatalf("the answer to the commit was lost: %v", err)
	}
	h.commit.Store(nil)
	if err := l.Append(t.Context(), author.Open("p", "p", nil)); !errors.Is(err, ErrUnreachable) {
		t.Fatalf("nothing was sent: %v", err)
	}
	if err := l.Err(); !errors.Is(err, ErrUnreachable) {
		t.Fatalf("the books say: %v", err)
	}
	p.cutAll(false)
	if err := l.Append(t.Context(), author.Open("p", "p", nil)); err != nil || l.Err() != nil {
		t.Fatalf("the database is back: %v, %v", err, l.Err())
	}
	if have, err := l.Load(t.Context(), e.Payment); err != nil || have.Version != lost.After.Version {
		t.Fatalf("what was unknown: %+v, %v", have, err)
	}
	if err := l.Append(t.Context(), lost); !errors.Is(err, ledger.ErrStale) {
		t.Fatalf("once more: %v", err)
	}
	proven(t, l)
}

// A server that stops waiting for its synchronous standby commits all the same, and warns.
// Such a commit is not acknowledged before a standby, or whoever took it off the list, has
// it (P96).
func TestCommitWithoutStandby(t *testing.T) {
	s := pgtest.Start(t)
	dsn := s.Database(t)
	l := open(t, dsn, t.TempDir(), func(o *Options) { o.Attempt = time.Minute; o.Patience = time.Minute; o.SealEvery = time.Hour })
	watch, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer watch.Close(context.Background()) //nolint:errcheck // nothing is lost
	waiting := func(not int) (pid int) {
		for pid == 0 || pid == not {
			pid = 0
			_ = watch.QueryRow(t.Context(), "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'").Scan(&pid) // nobody waits yet
		}
		return pid
	}
	s.Exec("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'ghost'")
	s.Exec("postgres", "SELECT pg_reload_conf()")
	done := make(chan error, 1)
	e := ledgertest.NewAuthor(1).Open("o", "r", nil)
	go func() { done <- l.Append(context.Background(), e) }()
	first := waiting(0)
	if _, err := watch.Exec(t.Context(), "SELECT pg_cancel_backend($1)", first); err != nil {
		t.Fatal(err)
	}
	waiting(first) // on a new connection, to make sure
	if len(done) > 0 {
		t.Fatalf("acknowledged without a standby: %v", <-done)
	}
	s.Exec("postgres", "ALTER SYSTEM RESET synchronous_standby_names")
	s.Exec("postgres", "SELECT pg_reload_conf()")
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	proven(t, l)
}

// Serialization failures and deadlocks are tried again, and nobody hears of them; another
// error is told, and leaves nothing behind (P96).
func TestRefusals(t *testing.T) {
	s := pgtest.Start(t, pgtest.NoSync)
	dsn := s.Database(t)
	l := open(t, dsn, t.TempDir(), nil)
	author := ledgertest.NewAuthor(1)
	refuse := func(codes ...string) {
		t.Helper()
		schema := strings.TrimPrefix(l.pool.Config().ConnConfig.RuntimeParams["search_path"], "")
		s.Exec("test1", fmt.Sprintf(`SET search_path = %s; DROP SEQUENCE IF EXISTS turn; CREATE SEQUENCE turn;
			CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
			DECLARE code text := ('{%s}'::text[])[nextval('%s.turn')]; BEGIN
				IF code IS NOT NULL THEN RAISE EXCEPTION 'refused' USING ERRCODE = code; END IF; RETURN NEW; END $$;
			CREATE OR REPLACE TRIGGER refuse BEFORE INSERT ON claims FOR EACH STATEMENT EXECUTE FUNCTION refuse()`, schema, strings.Join(codes, ","), schema))
	}
	refuse("40001", "40P01", "40001")
	e := author.Open("o", "r", nil)
	if err := l.Append(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	refuse("53100") // the disk is full
	full := author.Open("p", "p", nil)
	if err := l.Append(t.Context(), full); err == nil || errors.Is(err, ErrUnknown) {
		t.Fatalf("a full disk: %v", err)
	}
	if _, err := l.Load(t.Context(), full.Payment); !errors.Is(err, ledger.ErrNotFound) {
		t.Fatalf("the refused payment: %v", err)
	}
	if err := l.Append(t.Context(), full); err != nil {
		t.Fatal(err)
	}
	proven(t, l)
}
