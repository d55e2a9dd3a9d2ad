package bolt

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

// sealedBooks writes closed books with several seals and some erased keys.
func sealedBooks(t *testing.T) (dir string, clean ledger.Report) {
	t.Helper()
	dir = t.TempDir()
	author := ledgertest.NewAuthor(1)
	for round := range 4 { // each Close seals
		l := open(t, dir, hurried)
		all := fill(t, l, author, fmt.Sprint("round", round), 8)
		e := author.Open(fmt.Sprint("private", round), fmt.Sprint("private", round), []byte("buyer"))
		if err := l.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		if err := l.Append(t.Context(), author.Next(e.After, ledgertest.Authorized(e.After))); err != nil {
			t.Fatal(err)
		}
		challenged := challenge(t, l, author, appended(t, l, author.Open(fmt.Sprint("challenged", round), fmt.Sprint("challenged", round), nil)))
		if round%2 == 1 {
			if err := l.Forget(t.Context(), challenged.ID, challenged.Version); err != nil {
				t.Fatal(err)
			}
		}
		m := ledgertest.Member(fmt.Sprint("customer", round), round)
		if err := l.PutMember(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		if round == 2 {
			if err := l.Erase(t.Context(), e.Payment); err != nil {
				t.Fatal(err)
			}
			if err := l.Erase(t.Context(), all[0].ID); err != nil {
				t.Fatal(err)
			}
		}
		closed(t, l)
	}
	clean, err := Verify(t.Context(), dir, nil)
	if err != nil || clean.Fault != nil || clean.Unsealed != 0 || clean.Records == 0 || clean.Members != 4 || clean.Cards != 6 || len(clean.Notes) > 0 {
		t.Fatalf("clean books: %+v, %v, fault %v", clean, err, clean.Fault)
	}
	return dir, clean
}

// tamper is a way to change the books with their own tools, checksums and
// chains mended as far as one can without the keys.
type tamper func(t *rapid.T, tx *bbolt.Tx) error

func anyNumber(t *rapid.T, journal *bbolt.Bucket) uint64 {
	k, _ := journal.Cursor().Last()
	return rapid.Uint64Range(1, binary.BigEndian.Uint64(k)).Draw(t, "record")
}

func flipRecord(t *rapid.T, tx *bbolt.Tx) error {
	j := tx.Bucket(bucketJournal)
	k := sequenceKey(anyNumber(t, j))
	v := bytes.Clone(j.Get(k))
	v[rapid.IntRange(0, len(v)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
	return j.Put(k, v)
}

func flipAndMendChecksum(t *rapid.T, tx *bbolt.Tx) error {
	j := tx.Bucket(bucketJournal)
	k := sequenceKey(anyNumber(t, j))
	v := bytes.Clone(j.Get(k))
	v[rapid.IntRange(4, len(v)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
	binary.BigEndian.PutUint32(v, crc32.Checksum(v[4:], crc32.MakeTable(crc32.Castagnoli)))
	return j.Put(k, v)
}

// forge changes an amount and mends everything after it in the payment's
// chain.
func forge(t *rapid.T, tx *bbolt.Tx) error {
	j := tx.Bucket(bucketJournal)
	at := anyNumber(t, j)
	r, err := ledger.Decode(bytes.Clone(j.Get(sequenceKey(at))))
	if err != nil {
		return err
	}
	event, err := r.Event()
	if err != nil {
		return err
	}
	event.Actor = "somebody else"
	if r.Body, err = json.Marshal(event); err != nil {
		return err
	}
	before := hashBefore(j, r, at)
	if err := j.Put(sequenceKey(at), r.Encode(before)); err != nil {
		return err
	}
	last, _ := j.Cursor().Last()
	hash := r.Hash
	for seq := at + 1; seq <= binary.BigEndian.Uint64(last); seq++ {
		next, err := ledger.Decode(bytes.Clone(j.Get(sequenceKey(seq))))
		if err != nil {
			return err
		}
		if next.Payment != r.Payment {
			continue
		}
		if err := j.Put(sequenceKey(seq), next.Encode(hash)); err != nil {
			return err
		}
		hash = next.Hash
	}
	return nil
}

func hashBefore(j *bbolt.Bucket, r *ledger.Record, at uint64) (h ledger.Hash) {
	previous, err := r.Before(at)
	if err != nil || previous == 0 {
		return h
	}
	return ledger.HashOf(j.Get(sequenceKey(previous)))
}

func removeRecord(t *rapid.T, tx *bbolt.Tx) error {
	j := tx.Bucket(bucketJournal)
	return j.Delete(sequenceKey(anyNumber(t, j)))
}

// removeAndCloseUp leaves no gap in the numbers.
func removeAndCloseUp(t *rapid.T, tx *bbolt.Tx) error {
	j := tx.Bucket(bucketJournal)
	at := anyNumber(t, j)
	for ; ; at++ {
		next := bytes.Clone(j.Get(sequenceKey(at + 1)))
		if next == nil {
			return j.Delete(sequenceKey(at))
		}
		if err := j.Put(sequenceKey(at), next); err != nil {
			return err
		}
	}
}

func cutOffEnd(t *rapid.T, tx *bbolt.Tx) error {
	j, seals := tx.Bucket(bucketJournal), tx.Bucket(bucketSeals)
	last, _ := j.Cursor().Last()
	for seq := anyNumber(t, j); seq <= binary.BigEndian.Uint64(last); seq++ {
		if err := j.Delete(sequenceKey(seq)); err != nil {
			return err
		}
		if err := seals.Delete(sequenceKey(seq)); err != nil { // with its seals
			return err
		}
	}
	return nil
}

func swapRecords(t *rapid.T, tx *bbolt.Tx) error {
	j := tx.Bucket(bucketJournal)
	a, b := anyNumber(t, j), anyNumber(t, j)
	if a == b {
		t.Skip("nothing to swap")
	}
	va, vb := bytes.Clone(j.Get(sequenceKey(a))), bytes.Clone(j.Get(sequenceKey(b)))
	if err := j.Put(sequenceKey(a), vb); err != nil {
		return err
	}
	return j.Put(sequenceKey(b), va)
}

// insertAtEnd adds a payment nobody opened, perfect in itself.
func insertAtEnd(t *rapid.T, tx *bbolt.Tx) error {
	j := tx.Bucket(bucketJournal)
	e := ledgertest.NewAuthor(77).OpenPending("forged", "forged")
	records, _, err := e.Records(ledger.Head{}, ledger.Keys{})
	if err != nil {
		return err
	}
	last, _ := j.Cursor().Last()
	return j.Put(sequenceKey(binary.BigEndian.Uint64(last)+1), records[0])
}

func spoilSeal(t *rapid.T, tx *bbolt.Tx) error {
	seals := tx.Bucket(bucketSeals)
	var keys [][]byte
	_ = seals.ForEach(func(k, _ []byte) error { keys = append(keys, bytes.Clone(k)); return nil })
	k := rapid.SampledFrom(keys).Draw(t, "seal")
	if rapid.Bool().Draw(t, "remove") {
		if bytes.Equal(k, keys[len(keys)-1]) {
			t.Skip("without the last seal its records are unsealed, which the report says")
		}
		return seals.Delete(k)
	}
	v := bytes.Clone(seals.Get(k))
	v[rapid.IntRange(0, len(v)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
	return seals.Put(k, v)
}

func spoilKey(t *rapid.T, tx *bbolt.Tx) error {
	var k, v []byte
	_ = tx.Bucket(bucketKeys).ForEach(func(key, value []byte) error {
		if !erased(value) {
			k, v = bytes.Clone(key), bytes.Clone(value)
		}
		return nil
	})
	if rapid.Bool().Draw(t, "remove") {
		return tx.Bucket(bucketKeys).Delete(k)
	}
	v[rapid.IntRange(0, len(v)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
	return tx.Bucket(bucketKeys).Put(k, v)
}

// spoilSecret destroys or changes the key of a payment's secrets, or hides that
// it was forgotten.
func spoilSecret(t *rapid.T, tx *bbolt.Tx) error {
	b := tx.Bucket(rapid.SampledFrom([][]byte{bucketSecrets, bucketForgotten}).Draw(t, "bucket"))
	k, v := b.Cursor().First()
	k, v = bytes.Clone(k), bytes.Clone(v)
	if len(v) == len(ledger.ForgottenThrough(0, time.Time{})) || rapid.Bool().Draw(t, "remove") { // when it was forgotten nothing else tells
		return b.Delete(k)
	}
	v[rapid.IntRange(0, len(v)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
	return b.Put(k, v)
}

// spoilMember changes a record, or puts it in another's place.
func spoilMember(t *rapid.T, tx *bbolt.Tx) error {
	b := tx.Bucket(bucketMembers)
	k, v := b.Cursor().First()
	k, v = bytes.Clone(k), bytes.Clone(v)
	if rapid.Bool().Draw(t, "copy") {
		last, _ := b.Cursor().Last()
		return b.Put(bytes.Clone(last), v)
	}
	v[rapid.IntRange(0, len(v)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
	return b.Put(k, v)
}

func otherPublicKey(_ *rapid.T, tx *bbolt.Tx) error {
	return tx.Bucket(bucketMeta).Put(keyPublic, make([]byte, 32))
}

// spoilIndex changes a row, a claim or what is unsettled.
func spoilIndex(t *rapid.T, tx *bbolt.Tx) error {
	rows, care := tx.Bucket(bucketPayments), tx.Bucket(bucketCare)
	claims := tx.Bucket(bucketClaims).Bucket([]byte{0, 0, 0, 0})
	b := rapid.SampledFrom([]*bbolt.Bucket{rows, care, claims}).Draw(t, "bucket")
	k, v := b.Cursor().First()
	k, v = bytes.Clone(k), bytes.Clone(v)
	switch rapid.IntRange(0, 2).Draw(t, "how") {
	case 0:
		return b.Delete(k)
	case 1:
		k[len(k)-1]++
		return b.Put(k, v)
	}
	if len(v) == 0 {
		t.Skip("no value")
	}
	v[rapid.IntRange(0, len(v)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
	return b.Put(k, v)
}

// Whatever is changed in the books, with whatever care, the proof finds it
// (P87).
func TestTamperingIsFound(t *testing.T) {
	dir, _ := sealedBooks(t)
	spoiled := t.TempDir()
	content := map[string][]byte{}
	for _, file := range []string{journalFile, indexFile, membersFile, masterFile, sealFile} {
		content[file] = used(t, filepath.Join(dir, file))
	}
	for name, c := range map[string]struct {
		file string
		do   tamper
	}{
		"flip": {journalFile, flipRecord}, "flip and mend": {journalFile, flipAndMendChecksum}, "forge": {journalFile, forge},
		"remove": {journalFile, removeRecord}, "remove and close up": {journalFile, removeAndCloseUp}, "cut off": {journalFile, cutOffEnd},
		"swap": {journalFile, swapRecords}, "insert": {journalFile, insertAtEnd}, "seal": {journalFile, spoilSeal},
		"key": {journalFile, spoilKey}, "secret": {journalFile, spoilSecret}, "public key": {journalFile, otherPublicKey}, "index": {indexFile, spoilIndex},
		"member": {membersFile, spoilMember},
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				for file, whole := range content {
					put(t, filepath.Join(spoiled, file), whole)
				}
				edit(t, filepath.Join(spoiled, c.file), func(tx *bbolt.Tx) error { return c.do(rt, tx) })
				report, err := Verify(t.Context(), spoiled, nil)
				if err != nil {
					rt.Fatal(err)
				}
				if report.Fault == nil && name != "insert" {
					rt.Fatalf("not found: %+v", report)
				}
				if name == "insert" && report.Fault == nil && report.Unsealed == 0 {
					rt.Fatalf("a record after the last seal counts as sealed: %+v", report)
				}
			})
		})
	}
}

// One flipped bit anywhere in the files is found, or lies where nothing is
// kept: then the proof is exactly that of the whole books (P87).
func TestFlippedBitOnDisk(t *testing.T) {
	dir, clean := sealedBooks(t)
	spoiled := t.TempDir()
	content := map[string][]byte{}
	for _, file := range []string{journalFile, indexFile, membersFile, masterFile, sealFile} {
		content[file] = used(t, filepath.Join(dir, file))
		put(t, filepath.Join(spoiled, file), content[file])
	}
	found := 0
	rapid.Check(t, func(rt *rapid.T) {
		file := rapid.SampledFrom([]string{journalFile, journalFile, journalFile, indexFile, membersFile, masterFile}).Draw(rt, "file")
		at := rapid.IntRange(0, len(content[file])-1).Draw(rt, "byte")
		flip := content[file][at] ^ 1<<rapid.IntRange(0, 7).Draw(rt, "bit")
		writeByte(t, filepath.Join(spoiled, file), at, flip)
		report, err := Verify(t.Context(), spoiled, nil)
		writeByte(t, filepath.Join(spoiled, file), at, content[file][at])
		if err != nil || report.Fault != nil || len(report.Notes) > 0 {
			found++
			return
		}
		if fmt.Sprint(report) != fmt.Sprint(clean) {
			rt.Fatalf("another proof without a fault: %+v, not %+v", report, clean)
		}
	})
	t.Logf("%d found", found)
}

// used is the part of a file that is not still empty.
func used(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content = bytes.TrimRight(content, "\x00")
	if pages := (len(content) + pageSize - 1) / pageSize; filepath.Ext(path) == ".db" {
		content = append(content, make([]byte, pages*pageSize-len(content))...)
	}
	return content
}

func writeByte(t *testing.T, path string, at int, b byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteAt([]byte{b}, int64(at))
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// The report names the first fault: its number and its payment.
func TestReportNamesTheFault(t *testing.T) {
	dir, _ := sealedBooks(t)
	var id payment.ID
	edit(t, filepath.Join(dir, journalFile), func(tx *bbolt.Tx) error {
		j := tx.Bucket(bucketJournal)
		k := sequenceKey(7)
		r, err := ledger.Decode(bytes.Clone(j.Get(k)))
		if err != nil {
			return err
		}
		id = r.Payment
		r.Body = bytes.Replace(r.Body, []byte(`"k":"`), []byte(`"k": "`), 1)
		return j.Put(k, r.Encode(hashBefore(j, r, 7)))
	})
	report, err := Verify(t.Context(), dir, nil)
	if err != nil || report.Fault == nil {
		t.Fatal(report, err)
	}
	if f := report.Fault; f.Sequence < 7 || f.From > 7 || f.Payment != "" && f.Payment != id {
		t.Errorf("fault %+v, want record 7 of %s", f, id)
	}
}
