package rounds

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"kessai.dev/kessai/internal/ledger"
)

// Memory is when each round was last done.
type Memory interface {
	// Load gives all of it. What was torn by a crash is not there: that is done when its
	// time comes.
	Load(ctx context.Context) (map[string]time.Time, error)
	// Save writes down when one was done.
	Save(ctx context.Context, name string, at time.Time) error
}

// File remembers in a file, which is one process's own; without a path not beyond its end.
func File(path string) Memory { return &file{path: path, last: map[string]time.Time{}} }

type file struct {
	path string
	last map[string]time.Time
}

func (f *file) Load(context.Context) (map[string]time.Time, error) {
	if f.path == "" {
		return f.last, nil
	}
	raw, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return f.last, nil
	}
	if err != nil {
		return nil, fmt.Errorf("rounds: %w", err)
	}
	last := map[string]time.Time{}
	if err := json.Unmarshal(raw, &last); err == nil && last != nil {
		f.last = last
	}
	return f.last, nil
}

// Save replaces the file as a whole.
func (f *file) Save(_ context.Context, name string, at time.Time) error {
	f.last[name] = at
	if f.path == "" {
		return nil
	}
	raw, err := json.MarshalIndent(f.last, "", "  ")
	if err == nil {
		err = os.WriteFile(f.path+".new", raw, 0o600)
	}
	if err == nil {
		err = os.Rename(f.path+".new", f.path)
	}
	if err != nil {
		return fmt.Errorf("rounds: %w", err)
	}
	return nil
}

// Shared remembers in the books, for all processes that share them.
func Shared(n ledger.Notes) Memory { return shared{n} }

type shared struct{ notes ledger.Notes }

// notesPrefix is before the names of rounds. It is kept for ever.
const notesPrefix = "rounds/"

func (s shared) Load(ctx context.Context) (map[string]time.Time, error) {
	notes, err := s.notes.Notes(ctx, notesPrefix)
	if err != nil {
		return nil, err
	}
	last := map[string]time.Time{}
	for name, body := range notes {
		if at, err := time.Parse(time.RFC3339Nano, string(body)); err == nil {
			last[name[len(notesPrefix):]] = at
		}
	}
	return last, nil
}

func (s shared) Save(ctx context.Context, name string, at time.Time) error {
	return s.notes.PutNote(ctx, notesPrefix+name, []byte(at.UTC().Format(time.RFC3339Nano)))
}
