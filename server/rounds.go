package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/reconcile"
	"kessai.dev/kessai/internal/rounds"
)

// roundsFile remembers when each round was last done, in the data folder of embedded books.
const roundsFile = "rounds.json"

// openReconciler makes what holds the books against the provider's.
func (s *server) openReconciler(context.Context) error {
	s.reconciler = reconcile.New(reconcile.Options{
		Payments: s.processor, Books: s.books, Cards: s.checkCards, Directory: s.directory, Clock: s.clock, Random: random64, Logger: s.logger,
	})
	return nil
}

// openRounds begins what kessai does by itself, again and again.
func (s *server) openRounds(ctx context.Context) error {
	took := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "kessai_round_seconds", Help: "How long each round of kessai's own work took, by how it ended.", Buckets: []float64{0.01, 0.1, 1, 10, 60, 600, 3600},
	}, []string{"round", "outcome"})
	s.observer.registry.MustRegister(took)
	s.rounds = rounds.New(rounds.Options{
		Clock: s.clock, Logger: s.logger, Memory: s.roundsMemory(),
		Observe: func(name string, d time.Duration, err error) {
			outcome := "done"
			if err != nil {
				outcome = "failed"
			}
			took.WithLabelValues(name, outcome).Observe(d.Seconds())
		},
	}, slices.Concat(s.desk.Rounds(), s.reconciler.Rounds(), s.radar.Rounds(), s.days.Rounds(), []rounds.Round{{Name: "cards", At: 3*time.Hour + 40*time.Minute, Run: s.cardsRound}})...)
	work := s.untilSweepEnds(ctx)
	s.sweeping.Go(func() {
		s.lead(work, "rounds", func(ctx context.Context) {
			s.desk.Begin()
			s.rounds.Run(ctx)
		})
	})
	return nil
}

// roundsMemory is in the books where several processes share them.
func (s *server) roundsMemory() rounds.Memory {
	if notes, ok := s.books.(ledger.Notes); ok {
		return rounds.Shared(notes)
	}
	return rounds.File(filepath.Join(s.flags.Data, roundsFile))
}

// checkCards looks for cards that only one side knows (P58), and gives how many
// there were.
func (s *server) checkCards(ctx context.Context) (int, error) {
	found, err := s.vault.Check(ctx)
	if err == nil {
		s.logger.LogAttrs(ctx, slog.LevelInfo, "cards on file checked", slog.Any("found", found))
	}
	return found.Adopted + found.Gone, err
}

func (s *server) cardsRound(ctx context.Context) error {
	_, err := s.checkCards(ctx)
	return err
}
