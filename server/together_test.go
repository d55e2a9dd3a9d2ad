package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"

	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
)

// P05: processes that start at the same moment, on a database that nobody has used yet, all
// serve, with the same shops and keys.
func TestProcessesStartTogether(t *testing.T) {
	dsn, keys, config := pgtest.Shared(t).Database(t), filepath.Join(t.TempDir(), "keys"), databaseConfig(t, "ZQXJKVW")
	provider := startServer(t)
	all, begun := make([]*server, 4), sync.WaitGroup{}
	for i := range all {
		f := &Flags{
			Listen: "127.0.0.1:0", GRPCListen: "127.0.0.1:0", SimulatorListen: "127.0.0.1:0", Data: t.TempDir(), KeyDir: keys, Ledger: dsn,
			Provider: "http://" + provider.simulatorAddr.String() + "/test_gateway",
		}
		begun.Go(func() {
			var err error
			if all[i], err = start(t.Context(), f, config, slog.New(slog.DiscardHandler), dayClock()); err != nil {
				t.Error(err)
			}
		})
	}
	begun.Wait()
	for _, s := range all {
		if s == nil {
			continue
		}
		if all[0] != nil && string(s.key) != string(all[0].key) {
			t.Error("two keys")
		}
		if err := s.stop(context.Background()); err != nil {
			t.Error(err)
		}
	}
}
