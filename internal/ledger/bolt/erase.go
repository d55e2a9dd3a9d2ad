package bolt

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"os"

	bbolt "go.etcd.io/bbolt"
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
		if r.task == taskErase && r.err == nil {
			r.err = l.Err()
		}
	}
}

// blankBehind blanks the free pages if something was forgotten since it last
// did, also by a process that died before it could. Challenges end all the
// time: their keys' traces go together, as often as seals are made.
func (l *Ledger) blankBehind() {
	if !l.traces || l.Err() != nil || l.copying.Load() > 0 { // a copy is not disturbed for traces: they go after it
		return
	}
	err := l.blankFreePages()
	if err == nil {
		err = l.commitTo(journalFile, func() error {
			return l.journal.Update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Delete(keyTraces) })
		})
	}
	if err != nil {
		l.fail(err)
		return
	}
	l.traces = false
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
	l.erasures.Add(1) // a copy of the journal that is under way ends, and begins anew
	l.reading.Lock()
	defer l.reading.Unlock()
	after, err := freePages(l.scrub)
	if err != nil {
		return err
	}
	zeroes := make([]byte, pageSize)
	for page := range after {
		if !before[page] {
			continue
		}
		if _, err := l.scrub.WriteAt(zeroes, int64(page)*pageSize); err != nil {
			return fmt.Errorf("blank page %d: %w", page, err)
		}
	}
	return l.scrub.Sync()
}

// The layout of a bbolt file: two meta pages, of which the one with the higher
// transaction number counts, name the root and the page that lists the free
// ones. Numbers are in the machine's byte order.
const (
	pageHeader    = 16 // id 8, flags 2, count 2, overflow 4
	metaPageSize  = pageHeader + 8
	metaRoot      = pageHeader + 16
	metaFreelist  = pageHeader + 32
	metaHighest   = pageHeader + 40
	metaTxid      = pageHeader + 48
	metaSum       = pageHeader + 56
	metaEnd       = pageHeader + 64
	manyFreePages = 0xFFFF // the count does not fit: it stands in the first entry
)

// newestMeta gives the meta page that counts, and the size of a page. Both
// must be whole: after a crash one may not be, but then it is the older one's
// turn, which the next start makes good.
func newestMeta(f *os.File) (meta []byte, err error) {
	for i := range int64(2) {
		m := make([]byte, metaEnd)
		if _, err := f.ReadAt(m, i*pageSize); err != nil {
			return nil, err
		}
		h := fnv.New64a()
		h.Write(m[pageHeader:metaSum])
		if h.Sum64() != binary.NativeEndian.Uint64(m[metaSum:]) {
			return nil, fmt.Errorf("meta page %d is damaged (by a crash: the next start mends it)", i)
		}
		if meta == nil || binary.NativeEndian.Uint64(m[metaTxid:]) > binary.NativeEndian.Uint64(meta[metaTxid:]) {
			meta = m
		}
	}
	if have := binary.NativeEndian.Uint32(meta[metaPageSize:]); have != pageSize {
		return nil, fmt.Errorf("pages of %d bytes, not of %d", have, pageSize)
	}
	return meta, nil
}

// freePages gives the numbers of the free pages at the last commit.
func freePages(f *os.File) (map[uint64]bool, error) {
	meta, err := newestMeta(f)
	if err != nil {
		return nil, err
	}
	free := map[uint64]bool{}
	at := int64(binary.NativeEndian.Uint64(meta[metaFreelist:])) * pageSize
	header := make([]byte, pageHeader+8)
	if _, err := f.ReadAt(header, at); err != nil {
		return nil, err
	}
	at += pageHeader
	count := uint64(binary.NativeEndian.Uint16(header[10:]))
	if count == manyFreePages {
		count, at = binary.NativeEndian.Uint64(header[pageHeader:]), at+8
	}
	list := make([]byte, 8*count)
	if _, err := f.ReadAt(list, at); err != nil {
		return nil, err
	}
	for ; len(list) > 0; list = list[8:] {
		free[binary.NativeEndian.Uint64(list)] = true
	}
	return free, nil
}
