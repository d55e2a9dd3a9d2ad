package standby

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// keys takes the keys of which there was word, as they are now.
func (f *Follow) keys() error {
	for n := range f.changed {
		if err := f.chunk(n); err != nil {
			return err
		}
		delete(f.changed, n)
	}
	return nil
}

func (f *Follow) chunk(n uint64) error {
	path := chunkPath(f.dir, n)
	have, _, err := readChunk(path, n, f.key)
	if errors.Is(err, errForged) { // it may have been written anew meanwhile
		have, _, err = readChunk(path, n, f.key)
	}
	if errors.Is(err, errForged) || errors.Is(err, errMessage) || errors.Is(err, errTorn) || errors.Is(err, fs.ErrNotExist) {
		return f.damage(f.number, fmt.Errorf("keys: %w", err))
	}
	if err != nil {
		return err
	}
	for part := range slices.Chunk(sorted(have), 1000) {
		if err := f.books.PutKeys(part); err != nil {
			return err
		}
	}
	return nil
}

// AllKeys takes the keys of all payments as they are now, also of those whose shipment is not
// read: books that were a backup may have keys that were destroyed since.
func (f *Follow) AllKeys() error {
	list, err := chunks(f.dir)
	for _, n := range list {
		f.changed[n] = true
	}
	return errors.Join(err, f.keys())
}
