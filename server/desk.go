package main

import (
	"context"
	"path/filepath"

	"github.com/prometheus/client_golang/prometheus"

	"kessai.dev/kessai/internal/desk"
	"kessai.dev/kessai/internal/ledger"
)

// notebookFile is the crash notebook, in the data folder.
const notebookFile = "desk.json"

// openNotebook writes down what was under way when the last process died, before
// this one asks the provider anything.
func (s *server) openNotebook(ctx context.Context) error {
	now := s.clock()
	book, damaged, err := desk.OpenNotebook(ctx, filepath.Join(s.flags.Data, notebookFile), s.books, now, s.sharedNotes())
	if err != nil {
		return err
	}
	if damaged {
		s.logger.Warn("the crash notebook could not be read: it is put aside and begun anew", "file", notebookFile)
	}
	if n, unclean := book.Unclean(now); unclean {
		s.logger.Warn("the last process did not stop in order: what it had asked is being settled", "open", n)
	}
	s.notebook = book
	s.closer(func() error {
		if s.cutOff {
			return nil // the next start tells what became of it
		}
		return book.Close()
	})
	return nil
}

// sharedNotes is where processes that share the books share the notebook, too.
func (s *server) sharedNotes() desk.Shared {
	notes, _ := s.books.(ledger.Notes)
	return desk.Shared{Notes: notes, Elsewhere: s.elsewhere()}
}

func (s *server) openDesk(ctx context.Context) error {
	did := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "kessai_desk_total", Help: "Payments that the lost-order desk did something about by itself: told, registered, canceled, erased.",
	}, []string{"did"})
	s.observer.registry.MustRegister(did)
	s.desk = desk.New(desk.Options{
		Payments: s.processor, Books: s.books, Journal: s.books, Notebook: s.notebook, Directory: s.directory, Clock: s.clock,
		Logger: s.logger, Count: func(what string, n int) { did.WithLabelValues(what).Add(float64(n)) },
	})
	return nil
}
