package main

import "kessai.dev/kessai/internal/report"

// settlements tell what the provider settled, what it costs and when the money comes.
func (s *server) settlements() *report.Settlements {
	return report.NewSettlements(report.SettlementOptions{Books: s.books, Directory: s.directory, Clock: s.clock})
}
