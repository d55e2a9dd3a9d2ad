package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/standby"
)

// shippedBooks are books that can be followed elsewhere.
type shippedBooks interface{ Shipped() ledger.Shipped }

var errDatabaseShip = errors.New("--ship: books in a database are followed by the database's own standby (docs/operations.md)")

// How long a start waits to hear whether a standby took over, and a stop for the last
// shipment: the folder may be on a network that is away, and then nobody waits for it.
const (
	fenceWait    = 3 * time.Second
	lastShipment = 5 * time.Second
)

// openFence refuses to go on with books that a standby has taken over, if the folder can be
// read. From here on what is to be shipped is noted.
func (s *server) openFence(context.Context) error {
	if s.flags.Ship == "" {
		return nil
	}
	from, ok := s.books.(shippedBooks)
	if !ok {
		return errDatabaseShip
	}
	books := from.Shipped()
	s.shipper = standby.NewShipper(standby.Options{Dir: s.flags.Ship, Books: books, Clock: s.clock, Logger: s.logger})
	told := make(chan error, 1)
	go func() { told <- standby.Fenced(s.flags.Ship, books.ShipKey(), books.Promotion()) }()
	select {
	case err := <-told:
		if errors.Is(err, standby.ErrPromoted) {
			return fmt.Errorf("--ship %s: %w", s.flags.Ship, err)
		}
	case <-time.After(fenceWait):
		s.logger.Warn("the folder of the standby does not answer: whether a standby took over is looked at when it does", slog.String("dir", s.flags.Ship))
	}
	return nil
}

// openShipper lets it ship. It ends before the books are closed, after everything that writes
// to them.
func (s *server) openShipper(ctx context.Context) error {
	if s.shipper == nil {
		return nil
	}
	work, end := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan error, 1)
	go func() {
		err := s.shipper.Run(work)
		done <- err
		if errors.Is(err, standby.ErrPromoted) {
			s.failed <- err
		}
	}()
	s.closer(func() error {
		end()
		select {
		case err := <-done:
			if err != nil && !errors.Is(err, standby.ErrPromoted) {
				s.logger.Error("the end of the books was not shipped to the standby", slog.Any("error", err))
			}
		case <-time.After(lastShipment):
			s.logger.Error("the end of the books was not shipped to the standby: its folder does not answer")
		}
		return nil
	})
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	s.observer.registry.MustRegister(
		gauge("kessai_ship_lag_seconds", "How long the standby's folder has not had all that was acknowledged; up to about one second is how it works.", func() float64 {
			_, lag := s.shipper.Behind(work)
			return lag.Seconds()
		}),
		gauge("kessai_ship_behind_records", "Records of the books that are not in the standby's folder.", func() float64 {
			records, _ := s.shipper.Behind(work)
			return float64(records)
		}))
	return nil
}
