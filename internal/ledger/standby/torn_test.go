package standby

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/ledger"
)

// heads are the running hashes of books, by number.
func heads(t *testing.T, p *primary) []ledger.Hash {
	t.Helper()
	last, err := p.books.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.books.Shipped().Next(0, int(last))
	p.begin() // Shipped was asked again
	if err != nil {
		t.Fatal(err)
	}
	all := []ledger.Hash{{}}
	for i := range list {
		all = append(all, ledger.Advance(all[i], list[i].Sequence, ledger.HashOf(list[i].Encoded)))
	}
	return all
}

// shipped is a primary with a folder of several segments.
func shipped(t *testing.T) *primary {
	t.Helper()
	p := newPrimary(t)
	for i := range 30 {
		pay := p.pay(i)
		if i%7 == 0 {
			p.challenge(pay)
		}
		if i%3 == 0 {
			p.turn()
		}
	}
	p.turn()
	return p
}

// memory is books that follow, without a disk. Keys are not looked at.
type memory struct {
	ledger.Follower
	records [][]byte
	head    ledger.Hash
	seal    []byte
}

func (m *memory) At() (uint64, ledger.Hash, error) { return uint64(len(m.records)), m.head, nil }

func (m *memory) LastSeal() ([]byte, error) { return m.seal, nil }

func (m *memory) Record(seq uint64) ([]byte, error) { return m.records[seq-1], nil }

func (m *memory) PutKeys([]ledger.PaymentKeys) error { return nil }

func (m *memory) PutPieces([]ledger.Piece) error { return nil }

func (m *memory) PutBatch(records []ledger.Numbered, seals [][]byte) error {
	for i := range records {
		m.records = append(m.records, records[i].Encoded)
		m.head = ledger.Advance(m.head, records[i].Sequence, ledger.HashOf(records[i].Encoded))
	}
	if n := len(seals); n > 0 {
		m.seal = seals[n-1]
	}
	return nil
}

// remembering follows a folder in memory.
func remembering(t *rapid.T, p *primary) *Follow {
	key, err := os.ReadFile(filepath.Join(p.dir, "seal.key"))
	if err != nil {
		t.Fatal(err)
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(key)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := NewFollow(p.ship, p.s.o.Books.ShipKey(), &memory{}, ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func copied(t *rapid.T, from string) string {
	to, err := os.MkdirTemp("", "kessai-standby-")
	if err == nil {
		err = os.CopyFS(to, os.DirFS(from))
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(to) })
	return to
}

// P96: killed at any byte, a shipment is taken up to its last whole frame and no entry in part,
// nothing is called damaged that is only torn, and the next start of the primary ships the rest, so
// that the standby has all again.
func TestTornAtAnyByte(t *testing.T) {
	p := shipped(t)
	all := heads(t, p)
	list, err := segments(p.ship)
	if err != nil || len(list) < 2 {
		t.Fatal(list, err)
	}
	whole := p.ship
	rapid.Check(t, func(rt *rapid.T) {
		p.ship = copied(rt, whole)
		kept := rapid.IntRange(1, len(list)).Draw(rt, "segments")
		for _, n := range list[kept:] {
			if err := os.Remove(segmentPath(p.ship, n)); err != nil {
				rt.Fatal(err)
			}
		}
		path := segmentPath(p.ship, list[kept-1])
		info, err := os.Stat(path)
		if err != nil {
			rt.Fatal(err)
		}
		if err := os.Truncate(path, rapid.Int64Range(0, info.Size()).Draw(rt, "bytes")); err != nil {
			rt.Fatal(err)
		}
		s := remembering(rt, p)
		defer s.Close()
		if err := s.Catch(t.Context()); err != nil {
			rt.Fatal(err)
		}
		at, head := s.At()
		if head != all[at] {
			rt.Fatalf("at record %d it has other records", at)
		}
		if next, err := p.books.Shipped().Next(at, 1); err != nil {
			rt.Fatal(err)
		} else if len(next) > 0 {
			if r, err := ledger.Decode(next[0].Encoded); err != nil || r.Previous == ledger.Adjacent {
				rt.Fatalf("an entry was torn apart at record %d: %v", at, err)
			}
		}
		if rapid.Bool().Draw(rt, "restart") { // of the standby
			again, err := NewFollow(s.dir, s.key, s.books, s.public, time.Time{})
			if err != nil {
				rt.Fatal(err)
			}
			defer again.Close()
			s = again
		}
		p.begin()
		p.turn()
		p.v.shelf.close()
		_ = p.v.log.close()
		if err := s.Catch(t.Context()); err != nil {
			rt.Fatal(err)
		}
		if at, head := s.At(); head != all[len(all)-1] {
			rt.Fatalf("it has records up to %d, the books up to %d", at, len(all)-1)
		}
	})
}

// P87: whatever byte of a shipment is changed, or whichever segment is taken away or put in place
// of another, the standby takes nothing that was not in the books, and says so.
func TestTamperedShipment(t *testing.T) {
	p := shipped(t)
	all := heads(t, p)
	list, err := segments(p.ship)
	if err != nil || len(list) < 3 {
		t.Fatal(list, err)
	}
	whole := p.ship
	rapid.Check(t, func(rt *rapid.T) {
		p.ship = copied(rt, whole)
		n := rapid.SampledFrom(list[:len(list)-1]).Draw(rt, "segment")
		path := segmentPath(p.ship, n)
		switch rapid.IntRange(0, 2).Draw(rt, "how") {
		case 0:
			content, err := os.ReadFile(path)
			if err != nil {
				rt.Fatal(err)
			}
			content[rapid.IntRange(0, len(content)-1).Draw(rt, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(rt, "bit")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				rt.Fatal(err)
			}
		case 1:
			if err := os.Remove(path); err != nil {
				rt.Fatal(err)
			}
		case 2:
			if err := os.Rename(segmentPath(p.ship, n+1), path); err != nil {
				rt.Fatal(err)
			}
		}
		s := remembering(rt, p)
		defer s.Close()
		err := s.Catch(t.Context())
		at, head := s.At()
		if head != all[at] {
			rt.Fatalf("at record %d it has other records", at)
		}
		var damage *Damage
		if at < uint64(len(all)-1) && (!errors.As(err, &damage) || damage.Record != at) {
			rt.Fatalf("it stopped at record %d of %d and says %v", at, len(all)-1, err)
		}
	})
}

// FuzzFrames: whatever lies in the folder, reading it ends with frames or an error.
func FuzzFrames(f *testing.F) {
	key := make([]byte, 32)
	path := filepath.Join(f.TempDir(), "x")
	a, err := create(path, "x", key)
	if err != nil {
		f.Fatal(err)
	}
	m := mark{after: 7}
	b := &batch{after: 7, end: mark{after: 8}, records: [][]byte{{1, 2}}, seals: [][]byte{{3}}}
	for _, plain := range [][]byte{m.encode(), b.encode(), (&pieces{last: true, list: []ledger.Piece{{Kind: 'm', Key: []byte("k"), Record: []byte("r")}}}).encode(), encodeChunks([]uint64{1, 2})} {
		if err := a.append(plain); err != nil {
			f.Fatal(err)
		}
		f.Add(plain)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Fuzz(func(t *testing.T, content []byte) {
		if m, err := decode(content); err == nil {
			again := content
			switch m := m.(type) {
			case mark:
				again = m.encode()
			case *batch:
				again = m.encode()
			case []uint64:
				again = encodeChunks(m)
			}
			if !bytes.Equal(again, content) {
				t.Errorf("%x was read, and is written as %x", content, again)
			}
		}
		r, err := readFrames(bytes.NewReader(content), "x", key)
		for err == nil {
			_, err = r.next()
		}
	})
}

// P87: who has the keys, and yet ships what was not written, is not followed: a record that does not
// follow from the one before, one that is missing, a sum that is wrong, a seal of somebody else.
func TestWrongPrimary(t *testing.T) {
	p := newPrimary(t)
	p.pay(1)
	p.pay(2)
	p.turn()
	frames := func() (list [][]byte) {
		a, err := reopen(segmentPath(p.ship, 1), segmentName(1), p.s.o.Books.ShipKey(), func(plain []byte) error {
			list = append(list, plain)
			return nil
		})
		if err == nil {
			err = a.close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return list
	}()
	_, stranger, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, wrong := range map[string]func(b *batch){
		"nothing": func(*batch) {},
		"another record": func(b *batch) {
			r, err := ledger.Decode(b.records[1])
			if err != nil {
				t.Fatal(err)
			}
			b.records[1] = r.Encode(ledger.Hash{})
			b.end.head = ledger.Hash{}
			for i, encoded := range b.records {
				b.end.head = ledger.Advance(b.end.head, uint64(i)+1, ledger.HashOf(encoded))
			}
		},
		"a record less": func(b *batch) { b.records = b.records[:3]; b.end.after-- },
		"another sum":   func(b *batch) { b.end.head[0] ^= 1 },
		"another's seal": func(b *batch) {
			s := ledger.Seal{Sequence: b.end.after, Time: p.clock, Head: b.end.head}
			b.seals = append(b.seals, s.Sign(stranger))
		},
		"a gap": func(b *batch) { b.after, b.end.after = b.after+1, b.end.after+1 },
	} {
		to := *p
		to.ship = t.TempDir()
		seg, err := beginSegment(to.ship, 1, p.s.o.Books.ShipKey(), mark{})
		if err != nil {
			t.Fatal(err)
		}
		for _, plain := range frames[1:] {
			m, err := decode(plain)
			if err != nil {
				t.Fatal(err)
			}
			if b, ok := m.(*batch); ok {
				wrong(b)
				plain = b.encode()
			}
			if plain[0] == kindKeys {
				continue
			}
			if err := seg.append(plain); err != nil {
				t.Fatal(err)
			}
		}
		if err := seg.close(); err != nil {
			t.Fatal(err)
		}
		s := newSecond(t, &to, time.Time{})
		err = s.Catch(t.Context())
		var damage *Damage
		if at, _ := s.At(); name == "nothing" && (err != nil || at != 4) || name != "nothing" && (!errors.As(err, &damage) || at != 0) {
			t.Errorf("%s: record %d, %v", name, at, err)
		}
	}
}
