package main

import "kessai.dev/kessai/internal/moving"

// moving takes over the orders of another shop system.
func (s *server) moving() *moving.Importer {
	return moving.New(moving.Options{Payments: s.processor, Directory: s.directory, Books: s.books, Clock: s.clock, Logger: s.logger})
}
