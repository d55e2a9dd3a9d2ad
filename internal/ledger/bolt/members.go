package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	bbolt "go.etcd.io/bbolt"
	bbolterrors "go.etcd.io/bbolt/errors"

	"kessai.dev/kessai/internal/ledger"
)

// membersFile holds the members and their cards on file. It is small and
// seldom written: each record is a transaction of its own, and what there is of
// it lies in no journal. It is part of every backup.
const membersFile = "members.db"

var bucketMembers = []byte("members") // ledger.MemberKey in one piece → record

var _ ledger.Members = (*Ledger)(nil)

// members is members.db.
type members struct {
	db *bbolt.DB

	// What the file may have although its commit failed: nothing of that counts.
	// Read before the file, written after it.
	mu     sync.RWMutex
	undone map[string][]byte // what counts instead; nil: there is none
}

// keyMembers in the journal's meta bucket says that there are members: without
// their file the books do not open, as an empty one would lose them in silence.
// It is set at the first start after one was put.
var keyMembers = []byte("members")

func (l *Ledger) openMembers() error {
	expected := l.expects(keyMembers)
	if _, err := os.Stat(l.path(membersFile)); expected && errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("ledger: %s is missing: restore it from its backup", l.path(membersFile))
	}
	db, err := l.openFile(membersFile)
	if err != nil {
		return err
	}
	l.members.db = db
	err = l.commitTo(membersFile, func() error {
		return db.Update(func(tx *bbolt.Tx) error {
			for _, name := range [][]byte{bucketMembers, bucketMeta} {
				if _, err := tx.CreateBucketIfNotExists(name); err != nil {
					return err
				}
			}
			return checkFormat(tx.Bucket(bucketMeta), format)
		})
	})
	if err != nil {
		return fmt.Errorf("ledger: %s: %w", l.path(membersFile), err)
	}
	if expected || isEmpty(db, bucketMembers) {
		return nil
	}
	return l.expect(keyMembers)
}

// Member is described at ledger.Members. The result is the caller's.
func (l *Ledger) Member(ctx context.Context, key ledger.MemberKey) (m ledger.Member, err error) {
	if err := l.ready(ctx); err != nil {
		return m, err
	}
	err = l.membersView(func(tx *bbolt.Tx) error {
		encoded := l.members.counts(tx, key.Bytes())
		if encoded == nil {
			return ledger.ErrNotFound
		}
		m, err = decodeMember(key.Bytes(), encoded)
		return err
	})
	return m, err
}

// decodeMember reads a record that is kept under a key, and must be of it.
func decodeMember(key, encoded []byte) (ledger.Member, error) {
	m, err := ledger.DecodeMember(encoded)
	if err == nil && string(m.Bytes()) != string(key) {
		err = errors.New("ledger: a member is kept under the key of another")
	}
	if err != nil {
		return ledger.Member{}, err
	}
	return m, nil
}

// counts gives the bytes of a record as far as it counts.
func (s *members) counts(tx *bbolt.Tx, key []byte) []byte {
	if before, failed := s.undone[string(key)]; failed {
		return before
	}
	return bucketOf(tx, bucketMembers).Get(key)
}

// membersView reads what counts. A commit that fails is undone here before
// anybody sees what it wrote.
func (l *Ledger) membersView(read func(tx *bbolt.Tx) error) error {
	l.members.mu.RLock()
	defer l.members.mu.RUnlock()
	return l.asClosed(l.members.db.View(read))
}

// PutMember is described at ledger.Members. Unlike Append it waits for the disk
// itself, and others wait for it.
func (l *Ledger) PutMember(ctx context.Context, m ledger.Member) error {
	if err := errors.Join(l.ready(ctx), l.Err()); err != nil {
		return err
	}
	expected := m.Version
	m.Version++
	encoded, err := m.Encode()
	if err != nil {
		return err
	}
	l.members.mu.Lock()
	defer l.members.mu.Unlock()
	if err := l.Err(); err != nil { // it failed while this one waited
		return err
	}
	key := m.Bytes()
	before, err := l.memberBefore(key, expected)
	if err != nil {
		return err
	}
	err = l.commitTo(membersFile, func() error {
		return l.members.db.Update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMembers).Put(key, encoded) })
	})
	switch {
	case errors.Is(err, bbolterrors.ErrDatabaseNotOpen):
		return ledger.ErrClosed
	case err != nil:
		l.members.undone = map[string][]byte{string(key): before}
		l.fail(err)
		return l.Err()
	}
	l.changed.piece(ledger.PieceMember, key)
	return nil
}

// memberBefore gives the record that is to be replaced, or ErrStale.
func (l *Ledger) memberBefore(key []byte, expected int) (before []byte, err error) {
	err = l.asClosed(l.members.db.View(func(tx *bbolt.Tx) error {
		before = clone(tx.Bucket(bucketMembers).Get(key))
		if before == nil {
			return staleUnless(expected == 0)
		}
		m, err := decodeMember(key, before)
		if err != nil {
			return err
		}
		return staleUnless(m.Version == expected)
	}))
	return before, err
}

func staleUnless(fresh bool) error {
	if fresh {
		return nil
	}
	return ledger.ErrStale
}

// countMembers reads every record, for a proof. What is wrong with one comes
// as a fault.
func (s *members) countMembers(view func(func(tx *bbolt.Tx) error) error, report *ledger.Report) error {
	for after := []byte(nil); ; {
		var list []ledger.Member
		err := view(func(tx *bbolt.Tx) (err error) {
			list, after, err = s.next(tx, after)
			return err
		})
		if errors.Is(err, ledger.ErrClosed) {
			return err
		}
		if err != nil {
			return &ledger.Fault{What: membersFile + ": " + err.Error()}
		}
		for i := range list {
			report.Members++
			for j := range list[i].Cards {
				if list[i].Cards[j].Active() {
					report.Cards++
				}
			}
		}
		if after == nil {
			return nil
		}
	}
}

// membersChunk is how many members are read at a time.
const membersChunk = 200

// EachMember is described at ledger.Members. No transaction and no lock is held
// while yield runs.
func (l *Ledger) EachMember(ctx context.Context, yield func(ledger.Member) bool) error {
	for after := []byte(nil); ; {
		if err := l.ready(ctx); err != nil {
			return err
		}
		var list []ledger.Member
		err := l.membersView(func(tx *bbolt.Tx) (err error) {
			list, after, err = l.members.next(tx, after)
			return err
		})
		if err != nil {
			return err
		}
		for _, m := range list {
			if !yield(m) {
				return nil
			}
		}
		if after == nil {
			return nil
		}
	}
}

// next gives the members after a key, and the last key it looked at; nil: there
// are no more.
func (s *members) next(tx *bbolt.Tx, after []byte) (list []ledger.Member, last []byte, err error) {
	c := bucketOf(tx, bucketMembers).Cursor()
	k, _ := c.Seek(after)
	if k != nil && string(k) == string(after) {
		k, _ = c.Next()
	}
	for ; k != nil; k, _ = c.Next() {
		if len(list) == membersChunk {
			return list, last, nil
		}
		last = clone(k)
		encoded := s.counts(tx, k)
		if encoded == nil {
			continue // its commit failed
		}
		m, err := decodeMember(k, encoded)
		if err != nil {
			return nil, nil, err
		}
		list = append(list, m)
	}
	return list, nil, nil
}
