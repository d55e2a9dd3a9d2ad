package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
)

// heard is a log in which a test waits for a word.
type heard struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.text.Write(p)
	select {
	case h.more <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (h *heard) await(word string) {
	for {
		h.mu.Lock()
		found := strings.Contains(h.text.String(), word)
		h.mu.Unlock()
		if found {
			return
		}
		<-h.more
	}
}

// P05 P18: one process at a time works with the books in a database: a second one waits
// until the first has ended, and begins then; one that another took the books from ends.
func TestOneProcessPerDatabase(t *testing.T) {
	dsn, keys := pgtest.Start(t, pgtest.NoSync).Database(t), filepath.Join(t.TempDir(), "keys")
	begin := func(log *heard) (*server, error) {
		f := &Flags{Listen: "127.0.0.1:0", GRPCListen: "127.0.0.1:0", SimulatorListen: "127.0.0.1:0", Data: t.TempDir(), KeyDir: keys, Ledger: dsn}
		return start(t.Context(), f, "", slog.New(slog.NewTextHandler(log, nil)), dayClock())
	}
	end := func(s *server) {
		if err := s.stop(context.Background()); err != nil {
			t.Error(err)
		}
	}
	first, err := begin(&heard{})
	if err != nil {
		t.Fatal(err)
	}
	type begun struct {
		*server
		error
	}
	second, log := make(chan begun, 1), &heard{more: make(chan struct{}, 1)}
	go func() {
		s, err := begin(log)
		second <- begun{s, err}
	}()
	log.await("waiting until it ends")
	select {
	case <-second:
		t.Fatal("both work with the books")
	default:
	}
	end(first)
	next := <-second
	if next.error != nil {
		t.Fatal(next.error)
	}
	defer end(next.server)
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background()) //nolint:errcheck // nothing is lost
	if _, err := conn.Exec(t.Context(), "UPDATE leases SET holder = 'a third one', number = number + 1"); err != nil {
		t.Fatal(err)
	}
	if err := <-next.failed; !errors.Is(err, errNotAlone) {
		t.Error(err)
	}
}
