package main

import (
	"context"

	"kessai.dev/kessai/internal/report"
)

// settlements tell what the provider settled, what it costs and when the money comes.
func (s *server) settlements() *report.Settlements {
	return report.NewSettlements(report.SettlementOptions{Books: s.lists, Directory: s.directory, Clock: s.clock})
}

// openDays makes what closes each shop's days.
func (s *server) openDays(context.Context) error {
	s.days = report.NewDays(report.DaysOptions{Books: s.books, Directory: s.directory, Clock: s.clock, Logger: s.logger})
	return nil
}
