package standby

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// A chunk is the payments whose ids were made in the same 262 seconds.
const chunkBits = 18

func chunkOf(id payment.ID) uint64 { return uint64(id.Time().UnixMilli()) >> chunkBits } //nolint:gosec // an id's time is 45 bits

func chunkPath(dir string, n uint64) string {
	return filepath.Join(dir, "keys", strconv.FormatUint(n>>10, 10), strconv.FormatUint(n, 10))
}

func chunkName(n uint64) string { return fmt.Sprint("keys ", n) }

// maxOpen is how many files of keys are kept open: new keys go to the newest.
const maxOpen = 8

// shelf is keys/ of a primary.
type shelf struct {
	dir  string
	key  []byte
	open map[uint64]*appender
}

func newShelf(dir string, key []byte) *shelf {
	return &shelf{dir: dir, key: key, open: map[uint64]*appender{}}
}

func (s *shelf) close() {
	for n, a := range s.open {
		_ = a.close() // what counts was synced
		delete(s.open, n)
	}
}

// add puts keys into their files, durably, and gives which.
func (s *shelf) add(list []ledger.PaymentKeys) (chunks []uint64, err error) {
	for n, some := range byChunk(list) {
		a, err := s.chunk(n)
		if err == nil {
			err = a.append(encodeStored(some))
		}
		if err == nil {
			err = a.sync()
		}
		if err != nil {
			return nil, err
		}
		chunks = append(chunks, n)
	}
	slices.Sort(chunks)
	return chunks, nil
}

func byChunk(list []ledger.PaymentKeys) map[uint64][]ledger.PaymentKeys {
	m := map[uint64][]ledger.PaymentKeys{}
	for i := range list {
		n := chunkOf(list[i].Payment)
		m[n] = append(m[n], list[i])
	}
	return m
}

// chunk opens a file to add to, or makes it.
func (s *shelf) chunk(n uint64) (*appender, error) {
	if a, ok := s.open[n]; ok {
		return a, nil
	}
	if len(s.open) >= maxOpen {
		s.close()
	}
	path := chunkPath(s.dir, n)
	a, err := reopen(path, chunkName(n), s.key, nil)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errTorn) { // torn: its header was not whole
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
		if a, err = create(path, chunkName(n), s.key); err == nil {
			err = syncDir(filepath.Dir(path))
		}
	}
	if err != nil {
		return nil, err
	}
	s.open[n] = a
	return a, nil
}

// replace writes the files of keys anew in which something was destroyed, and blanks the old
// ones.
func (s *shelf) replace(list []ledger.PaymentKeys) (chunks []uint64, err error) {
	for n, some := range byChunk(list) {
		if a, ok := s.open[n]; ok {
			_ = a.close() // what counts was synced
			delete(s.open, n)
		}
		if err := s.rewrite(n, some); err != nil {
			return nil, err
		}
		chunks = append(chunks, n)
	}
	slices.Sort(chunks)
	return chunks, nil
}

func (s *shelf) rewrite(n uint64, some []ledger.PaymentKeys) error {
	path := chunkPath(s.dir, n)
	have, _, err := readChunk(path, n, s.key)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, errTorn) {
		return err
	}
	for i := range some {
		have[some[i].Payment] = some[i]
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	a, err := create(path+".new", chunkName(n), s.key)
	if err != nil {
		return err
	}
	defer func() { _ = a.close() }()
	for part := range slices.Chunk(sorted(have), 1000) {
		if err := a.append(encodeStored(part)); err != nil {
			return err
		}
	}
	if err := a.sync(); err != nil {
		return err
	}
	old, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return errors.Join(os.Rename(path+".new", path), syncDir(filepath.Dir(path)))
	}
	if err != nil {
		return err
	}
	defer func() { _ = old.Close() }()
	if err := errors.Join(os.Rename(path+".new", path), syncDir(filepath.Dir(path))); err != nil {
		return err
	}
	return blank(old)
}

// blank writes zeroes over a file that has no name any more.
func blank(f *os.File) error {
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	zeroes := make([]byte, 64<<10)
	for at := int64(0); at < end; at += int64(len(zeroes)) {
		if _, err := f.WriteAt(zeroes[:min(int64(len(zeroes)), end-at)], at); err != nil {
			return err
		}
	}
	return f.Sync()
}

func sorted(m map[payment.ID]ledger.PaymentKeys) []ledger.PaymentKeys {
	list := make([]ledger.PaymentKeys, 0, len(m))
	for _, k := range m {
		if k.Personal != nil || k.Secret != nil || k.Forgotten != nil {
			list = append(list, k)
		}
	}
	slices.SortFunc(list, func(a, b ledger.PaymentKeys) int { return cmp.Compare(a.Payment, b.Payment) })
	return list
}

// readChunk gives the newest keys of each payment in a file, and whether the file ends with a
// whole frame: a writer may be at it.
func readChunk(path string, n uint64, key []byte) (map[payment.ID]ledger.PaymentKeys, bool, error) {
	all := map[payment.ID]ledger.PaymentKeys{}
	f, err := os.Open(path)
	if err != nil {
		return all, false, err
	}
	defer func() { _ = f.Close() }()
	r, err := readFrames(f, chunkName(n), key)
	if err != nil {
		return all, false, err
	}
	for {
		plain, err := r.next()
		switch {
		case err == io.EOF:
			return all, true, nil
		case errors.Is(err, errTorn):
			return all, false, nil
		case err != nil:
			return all, false, fmt.Errorf("%s: %w", path, err)
		}
		m, err := decode(plain)
		list, ok := m.([]ledger.PaymentKeys)
		if err != nil || !ok {
			return all, false, fmt.Errorf("%s: %w", path, errMessage)
		}
		for i := range list {
			all[list[i].Payment] = list[i]
		}
	}
}

// chunks gives the numbers of all files of keys.
func chunks(dir string) (list []uint64, err error) {
	folders, err := os.ReadDir(filepath.Join(dir, "keys"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, folder := range folders {
		files, failed := os.ReadDir(filepath.Join(dir, "keys", folder.Name()))
		err = errors.Join(err, failed)
		for _, f := range files {
			if n, bad := strconv.ParseUint(f.Name(), 10, 64); bad == nil {
				list = append(list, n)
			}
		}
	}
	slices.Sort(list)
	return list, err
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
