package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// Names of notes in shared books. They are kept for ever.
const (
	startsPrefix = "desk/starts/"
	erasedPrefix = "desk/erased/"
)

// startName sorts by time. Two processes that find the same at the same moment say it once.
func startName(at time.Time, body []byte) string {
	sum := sha256.Sum256(body)
	return startsPrefix + at.UTC().Format("20060102T150405.000000000Z") + "-" + hex.EncodeToString(sum[:6])
}

// keepStart notes this process's start after an unclean stop, and forgets the oldest.
func (n *Notebook) keepStart(ctx context.Context) error {
	if n.shared.Notes == nil {
		n.kept.Starts = append(n.kept.Starts, n.began)
		n.kept.Starts = n.kept.Starts[max(0, len(n.kept.Starts)-maxStarts):]
		return nil
	}
	body, err := json.Marshal(&n.began)
	if err == nil {
		err = n.shared.Notes.PutNote(ctx, startName(n.began.Time, body), body)
	}
	if err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	have, err := n.shared.Notes.Notes(ctx, startsPrefix)
	if err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	names := slices.Sorted(maps.Keys(have))
	for _, name := range names[:max(0, len(names)-maxStarts)] {
		if err := n.shared.Notes.PutNote(ctx, name, nil); err != nil {
			return fmt.Errorf("desk: %w", err)
		}
	}
	return nil
}

// starts are the unclean ones that are remembered, of all processes, oldest first.
func (n *Notebook) starts(ctx context.Context) ([]restart, error) {
	if n.shared.Notes == nil {
		n.mu.Lock()
		defer n.mu.Unlock()
		return slices.Clone(n.kept.Starts), nil
	}
	have, err := n.shared.Notes.Notes(ctx, startsPrefix)
	if err != nil {
		return nil, fmt.Errorf("desk: %w", err)
	}
	var list []restart
	for _, name := range slices.Sorted(maps.Keys(have)) {
		var s restart
		if err := json.Unmarshal(have[name], &s); err != nil {
			return nil, fmt.Errorf("desk: %s: %w", name, err)
		}
		list = append(list, s)
	}
	return list, nil
}

// fell reports whether an operation that was open at a start had been cut off by the stop
// before it. Asked is when it was, and until when it was open: if another process that lived
// on had asked, its call was over within Living; what nobody finishes is settled after that.
func (s *restart) fell(asked, until time.Time) bool {
	if !asked.After(s.Time.Add(-s.Living)) {
		return true
	}
	return !until.Before(asked.Add(s.Living))
}

func tenantWord(t shop.Tenant) string { return string(t.Environment) + "/" + string(t.Shop) }

// erasedTo is up to which event of the journal a tenant's ended payments were
// erased. To begin anew is safe: what is erased is passed over.
func (n *Notebook) erasedTo(ctx context.Context, t shop.Tenant) (uint64, error) {
	if n.shared.Notes == nil {
		n.mu.Lock()
		defer n.mu.Unlock()
		return n.kept.Erased[tenantWord(t)], nil
	}
	name := erasedPrefix + tenantWord(t)
	have, err := n.shared.Notes.Notes(ctx, name)
	if err != nil {
		return 0, fmt.Errorf("desk: %w", err)
	}
	to, err := strconv.ParseUint(string(have[name]), 10, 64)
	if err != nil {
		return 0, nil // there is none, or it is none
	}
	return to, nil
}

func (n *Notebook) keepErased(ctx context.Context, t shop.Tenant, to uint64) error {
	if n.shared.Notes != nil {
		return n.shared.Notes.PutNote(ctx, erasedPrefix+tenantWord(t), strconv.AppendUint(nil, to, 10))
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.kept.Erased == nil {
		n.kept.Erased = map[string]uint64{}
	}
	n.kept.Erased[tenantWord(t)] = to
	return n.write()
}
