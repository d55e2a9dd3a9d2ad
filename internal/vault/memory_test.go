package vault

import (
	"context"
	"slices"
	"sync"

	"kessai.dev/kessai/internal/ledger"
)

// memory is ledger.Members without a disk.
type memory struct {
	mu      sync.Mutex
	records map[ledger.MemberKey]ledger.Member
	// before runs ahead of every put, unlocked: the place for another call to be
	// first.
	before func(ledger.Member)
	broken error
}

func newMemory() *memory { return &memory{records: map[ledger.MemberKey]ledger.Member{}} }

func (s *memory) Member(_ context.Context, key ledger.MemberKey) (ledger.Member, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return ledger.Member{}, s.broken
	}
	m, ok := s.records[key]
	if !ok {
		return ledger.Member{}, ledger.ErrNotFound
	}
	m.Cards, m.Secret = slices.Clone(m.Cards), slices.Clone(m.Secret)
	return m, nil
}

func (s *memory) PutMember(_ context.Context, m ledger.Member) error {
	s.mu.Lock()
	before := s.before
	s.before = nil
	s.mu.Unlock()
	if before != nil {
		before(m)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.records[m.MemberKey].Version != m.Version {
		return ledger.ErrStale
	}
	m.Version++
	m.Cards, m.Secret = slices.Clone(m.Cards), slices.Clone(m.Secret)
	s.records[m.MemberKey] = m
	return nil
}

func (s *memory) EachMember(_ context.Context, yield func(ledger.Member) bool) error {
	s.mu.Lock()
	records := make([]ledger.Member, 0, len(s.records))
	for _, m := range s.records {
		records = append(records, m)
	}
	s.mu.Unlock()
	for _, m := range records {
		if !yield(m) {
			return nil
		}
	}
	return nil
}
