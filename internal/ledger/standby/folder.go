package standby

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kessai.dev/kessai/internal/ledger"
)

// ErrPromoted says that a standby took these books over: whoever was the primary must not go on.
var ErrPromoted = errors.New("a standby was promoted from this folder: these books go on elsewhere, and two that go on could both charge one order")

// Primary is what a primary tells of itself about every second.
type Primary struct {
	Run     string      `json:"run"`     // a process
	Beat    uint64      `json:"beat"`    // grows while it lives
	Time    time.Time   `json:"time"`    // by its clock
	Records uint64      `json:"records"` // shipped, with all that belongs to them
	Head    ledger.Hash `json:"head"`
	Segment uint64      `json:"segment"` // where in the log that is
	Bytes   int64       `json:"bytes"`
	Ended   bool        `json:"ended"` // it stopped in order
}

// Promotion is what a standby leaves behind that takes over.
type Promotion struct {
	Token   []byte      `json:"token"`
	Time    time.Time   `json:"time"`
	Records uint64      `json:"records"`
	Head    ledger.Hash `json:"head"`
}

const (
	primaryFile  = "primary"
	promotedFile = "promoted"
)

// put writes one of the two, whole or not at all.
func put(dir, name string, key []byte, what any) error {
	plain, err := json.Marshal(what)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, name)
	a, err := create(path+".new", name, key)
	if err != nil {
		return err
	}
	if err := errors.Join(a.append(plain), a.sync(), a.close()); err != nil {
		return err
	}
	return errors.Join(os.Rename(path+".new", path), syncDir(dir))
}

// get reads one of them; fs.ErrNotExist: it is not there.
func get(dir, name string, key []byte, what any) error {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	r, err := readFrames(f, name, key)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name(), err)
	}
	plain, err := r.next()
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name(), err)
	}
	return json.Unmarshal(plain, what)
}

// ReadPrimary gives what the primary told last; fs.ErrNotExist: it never shipped all it had.
func ReadPrimary(dir string, key []byte) (p Primary, err error) {
	err = get(dir, primaryFile, key, &p)
	return p, err
}

// Fenced is ErrPromoted when a standby was promoted from a folder, unless the promotion has
// this token: then the one who asks is what became of the standby.
func Fenced(dir string, key, token []byte) error {
	var p Promotion
	err := get(dir, promotedFile, key, &p)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case token != nil && string(token) == string(p.Token):
		return nil
	}
	return ErrPromoted
}

// Promote leaves word that a standby, which has all up to a place, takes over.
func Promote(dir string, key, token []byte, now time.Time, records uint64, head ledger.Hash) error {
	return put(dir, promotedFile, key, Promotion{Token: token, Time: now, Records: records, Head: head})
}

// NewToken tells a promotion from every other one.
func NewToken() []byte {
	b := make([]byte, 16)
	rand.Read(b) // never fails
	return b
}
