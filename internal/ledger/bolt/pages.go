package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
)

// checkPages walks the pages of a bbolt file, from its root to every leaf,
// before bbolt does: a damaged link could send bbolt round in circles. It looks
// at the frame only; what the pages hold has its own checksums.
func checkPages(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	w := pageWalk{file: f}
	meta, err := newestMeta(f)
	if err != nil {
		return err
	}
	w.end = binary.NativeEndian.Uint64(meta[metaHighest:])
	w.seen = make([]uint64, w.end/64+1)
	return w.page(binary.NativeEndian.Uint64(meta[metaRoot:]), 0)
}

type pageWalk struct {
	file *os.File
	end  uint64   // no page has this number or a greater one
	seen []uint64 // a bit per page
}

// The frame of a page.
const (
	flagBranch  = 0x01
	flagLeaf    = 0x02
	elementSize = 16 // of both: a branch's pos 4, key size 4, page 8; a leaf's flags 4, pos 4, key size 4, value size 4
	bucketFlag  = 0x01
	bucketRoot  = 16 // size of a bucket's header: its root page 8, its counter 8
	maxDepth    = 40
)

var errLoop = errors.New("two ways lead to one page")

func (w *pageWalk) page(id uint64, depth int) error {
	if id < 2 || id >= w.end || depth > maxDepth {
		return fmt.Errorf("a link to page %d of %d", id, w.end)
	}
	if w.seen[id/64]&(1<<(id%64)) != 0 {
		return fmt.Errorf("page %d: %w", id, errLoop)
	}
	w.seen[id/64] |= 1 << (id % 64)
	p := make([]byte, pageSize)
	if _, err := w.file.ReadAt(p, int64(id)*pageSize); err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	if more := binary.NativeEndian.Uint32(p[12:]); more > 0 {
		if uint64(more) >= w.end-id {
			return fmt.Errorf("page %d goes on over %d pages", id, more)
		}
		p = make([]byte, (1+int(more))*pageSize)
		if _, err := w.file.ReadAt(p, int64(id)*pageSize); err != nil {
			return fmt.Errorf("page %d: %w", id, err)
		}
	}
	if binary.NativeEndian.Uint64(p) != id {
		return fmt.Errorf("page %d calls itself page %d", id, binary.NativeEndian.Uint64(p))
	}
	if err := w.elements(p, depth); err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	return nil
}

// elements checks a page and goes down from it.
func (w *pageWalk) elements(p []byte, depth int) error {
	kind, count := binary.NativeEndian.Uint16(p[8:]), int(binary.NativeEndian.Uint16(p[10:]))
	if pageHeader+count*elementSize > len(p) || kind != flagBranch && kind != flagLeaf {
		return fmt.Errorf("kind %d with %d elements", kind, count)
	}
	for i := range count {
		at := pageHeader + i*elementSize
		e := p[at : at+elementSize]
		if kind == flagBranch {
			if _, err := part(p, at, binary.NativeEndian.Uint32(e), binary.NativeEndian.Uint32(e[4:])); err != nil {
				return err
			}
			if err := w.page(binary.NativeEndian.Uint64(e[8:]), depth+1); err != nil {
				return err
			}
			continue
		}
		if err := w.leaf(p, at, e, depth); err != nil {
			return err
		}
	}
	return nil
}

// leaf checks a key and its value; a bucket has its own tree, on pages of its
// own or, while it is small, inside the value.
func (w *pageWalk) leaf(p []byte, at int, e []byte, depth int) error {
	key, value := binary.NativeEndian.Uint32(e[8:]), binary.NativeEndian.Uint32(e[12:])
	both, err := part(p, at, binary.NativeEndian.Uint32(e[4:]), key+value)
	if err != nil || key > uint32(len(both)) {
		return errors.Join(err, badPart(key, value))
	}
	switch binary.NativeEndian.Uint32(e) {
	case 0:
		return nil
	case bucketFlag:
	default:
		return errors.New("an element of no known kind")
	}
	bucket := both[key:]
	if len(bucket) < bucketRoot {
		return badPart(key, value)
	}
	if root := binary.NativeEndian.Uint64(bucket); root != 0 {
		return w.page(root, depth+1)
	}
	if len(bucket) < bucketRoot+pageHeader {
		return badPart(key, value)
	}
	return w.elements(bucket[bucketRoot:], depth+1)
}

func part(p []byte, at int, pos, size uint32) ([]byte, error) {
	from := uint64(at) + uint64(pos)
	if from+uint64(size) > uint64(len(p)) {
		return nil, badPart(pos, size)
	}
	return p[from : from+uint64(size)], nil
}

func badPart(a, b uint32) error { return fmt.Errorf("an element that does not fit in (%d, %d)", a, b) }
