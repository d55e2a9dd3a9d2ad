package rounds

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// memory is when each round was last done.
type memory struct {
	path string
	last map[string]time.Time
}

func (m *memory) open(path string) error {
	m.path, m.last = path, map[string]time.Time{}
	if path == "" {
		return nil
	}
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("rounds: %w", err)
	}
	if err := json.Unmarshal(raw, &m.last); err != nil {
		m.last = map[string]time.Time{} // torn by a crash: everything is done when its time comes
	}
	return nil
}

// write replaces the file as a whole.
func (m *memory) write() error {
	if m.path == "" {
		return nil
	}
	raw, err := json.MarshalIndent(m.last, "", "  ")
	if err == nil {
		err = os.WriteFile(m.path+".new", raw, 0o600)
	}
	if err == nil {
		err = os.Rename(m.path+".new", m.path)
	}
	if err != nil {
		return fmt.Errorf("rounds: %w", err)
	}
	return nil
}
