package bolt

import (
	"encoding/binary"
	"fmt"
	"os"
)

// blank writes zeroes over the free pages of the journal after an erasure.
// bbolt never changes a page in place: a page with the key that is gone may lie
// about as a free one, with all its bytes, until something else is written
// there. A failure is reported to those who erased; their tombstones stand.
func (l *Ledger) blank(requests []*request) {
	err := l.blankFreePages()
	if err == nil {
		return
	}
	l.fail(err)
	for _, r := range requests {
		if len(r.records) == 0 && r.err == nil {
			r.err = l.Err()
		}
	}
}

// blankFreePages runs on the writer, so nothing is written meanwhile. A second
// commit comes first: then neither of the two states that bbolt could start
// from needs a page that was free before it. Readers that began earlier are
// waited for; they may still be in one of the pages.
func (l *Ledger) blankFreePages() error {
	before, err := freePages(l.scrub)
	if err != nil {
		return err
	}
	if err := l.touch(); err != nil {
		return err
	}
	l.reading.Lock()
	defer l.reading.Unlock()
	after, err := freePages(l.scrub)
	if err != nil {
		return err
	}
	zeroes := make([]byte, after.size)
	for page := range after.free {
		if !before.free[page] {
			continue
		}
		if _, err := l.scrub.WriteAt(zeroes, int64(page)*int64(after.size)); err != nil {
			return fmt.Errorf("blank page %d: %w", page, err)
		}
	}
	return l.scrub.Sync()
}

// pages are the free pages of a bbolt file at its last commit.
type pages struct {
	size int
	free map[uint64]bool
}

// The layout of a bbolt file: two meta pages, of which the one with the higher
// transaction number counts, name the page that lists the free ones. Numbers
// are in the machine's byte order.
const (
	pageHeader    = 16 // id 8, flags 2, count 2, overflow 4
	metaPageSize  = pageHeader + 8
	metaFreelist  = pageHeader + 32
	metaTxid      = pageHeader + 48
	metaEnd       = pageHeader + 64
	manyFreePages = 0xFFFF // the count does not fit: it stands in the first entry
)

func freePages(f *os.File) (pages, error) {
	var meta [metaEnd]byte
	if _, err := f.ReadAt(meta[:], 0); err != nil {
		return pages{}, err
	}
	p := pages{size: int(binary.NativeEndian.Uint32(meta[metaPageSize:])), free: map[uint64]bool{}}
	var other [metaEnd]byte
	if _, err := f.ReadAt(other[:], int64(p.size)); err != nil {
		return p, err
	}
	if binary.NativeEndian.Uint64(other[metaTxid:]) > binary.NativeEndian.Uint64(meta[metaTxid:]) {
		meta = other
	}
	at := int64(binary.NativeEndian.Uint64(meta[metaFreelist:])) * int64(p.size)
	header := make([]byte, pageHeader+8)
	if _, err := f.ReadAt(header, at); err != nil {
		return p, err
	}
	at += pageHeader
	count := uint64(binary.NativeEndian.Uint16(header[10:]))
	if count == manyFreePages {
		count, at = binary.NativeEndian.Uint64(header[pageHeader:]), at+8
	}
	list := make([]byte, 8*count)
	if _, err := f.ReadAt(list, at); err != nil {
		return p, err
	}
	for ; len(list) > 0; list = list[8:] {
		p.free[binary.NativeEndian.Uint64(list)] = true
	}
	return p, nil
}
