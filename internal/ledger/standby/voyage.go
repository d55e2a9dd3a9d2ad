package standby

import (
	"context"
	"errors"
	"fmt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// say adds a frame to the log.
func (v *voyage) say(plain []byte) error {
	v.wrote = true
	return v.log.append(plain)
}

func (v *voyage) records(ctx context.Context) error {
	upto, err := v.o.Books.Last(ctx)
	for err == nil && v.at.after < upto {
		err = v.batch(upto)
		if err == nil && v.log.frames.at > v.o.Segment {
			err = v.nextSegment()
		}
	}
	return err
}

func (v *voyage) nextSegment() error {
	if err := v.log.sync(); err != nil {
		return err
	}
	next, err := beginSegment(v.o.Dir, v.log.number+1, v.o.Books.ShipKey(), v.at)
	if err != nil {
		return err
	}
	err = v.log.close()
	v.log = next
	return err
}

// batch ships some records. An entry is never torn apart.
func (v *voyage) batch(upto uint64) error {
	list, err := v.o.Books.Next(v.at.after, shipRecords)
	if err != nil {
		return err
	}
	decoded := make([]*ledger.Record, len(list))
	for i := range list {
		decoded[i], err = ledger.Decode(list[i].Encoded)
		if want := v.at.after + uint64(i) + 1; err != nil || list[i].Sequence != want { //nolint:gosec // an index
			return fmt.Errorf("record %d of the books is damaged or missing: %w", want, errors.Join(err, ledger.ErrNotFound))
		}
	}
	n := whole(list, decoded, upto)
	if n == 0 {
		return fmt.Errorf("record %d of the books is missing", v.at.after+1)
	}
	b := &batch{after: v.at.after, end: v.at}
	var ids []payment.ID
	for i := range n {
		b.records = append(b.records, list[i].Encoded)
		b.end = mark{list[i].Sequence, ledger.Advance(b.end.head, list[i].Sequence, decoded[i].Hash)}
		if id := decoded[i].Payment; decoded[i].Private != nil && (len(ids) == 0 || ids[len(ids)-1] != id) {
			ids = append(ids, id)
		}
	}
	if b.seals, err = v.o.Books.Seals(max(b.after, 1), b.end.after); err != nil {
		return err
	}
	if err := v.keysOf(ids); err != nil {
		return err
	}
	if err := v.say(b.encode()); err != nil {
		return err
	}
	v.at = b.end
	return nil
}

// whole is how many records make whole entries, and a frame.
func whole(list []ledger.Numbered, decoded []*ledger.Record, upto uint64) int {
	n, bytes := 0, 0
	for i := range list {
		if list[i].Sequence > upto {
			return i // groups are whole entries
		}
		if bytes > shipBytes && decoded[i].Previous != ledger.Adjacent {
			return i
		}
		bytes += len(list[i].Encoded)
		if decoded[i].Previous != ledger.Adjacent {
			n = i
		}
	}
	if len(list) < shipRecords || n == 0 {
		return len(list)
	}
	return n // the entry that begins there may go on
}

func (v *voyage) keysOf(ids []payment.ID) error {
	if len(ids) == 0 {
		return nil
	}
	list, err := v.o.Books.KeysOf(ids)
	if err != nil {
		return err
	}
	changed, err := v.shelf.add(list)
	if err != nil {
		return err
	}
	return v.say(encodeChunks(changed))
}

func (v *voyage) pieces(list []ledger.Piece) error {
	if len(list) == 0 {
		return nil
	}
	p := &packer{v: v, time: v.now}
	for i := range list {
		if err := p.add(list[i]); err != nil {
			return err
		}
	}
	return p.end()
}

// everyPiece ships all that lies beside the journal, and once more the records, since it may
// point to such that came meanwhile.
func (v *voyage) everyPiece(ctx context.Context) error {
	if !v.pending.all {
		return nil
	}
	p := &packer{v: v, time: v.now}
	if err := v.o.Books.EachPiece(p.add); err != nil {
		return err
	}
	return errors.Join(p.end(), v.records(ctx))
}

// packer makes frames of pieces.
type packer struct {
	v     *voyage
	time  int64
	list  []ledger.Piece
	bytes int
}

func (p *packer) add(piece ledger.Piece) error {
	p.list, p.bytes = append(p.list, piece), p.bytes+len(piece.Key)+len(piece.Record)
	if p.bytes < shipBytes {
		return nil
	}
	list := p.list
	p.list, p.bytes = nil, 0
	return p.v.say((&pieces{time: p.time, list: list}).encode())
}

func (p *packer) end() error {
	return p.v.say((&pieces{time: p.time, last: true, list: p.list}).encode())
}

// destroyed ships that keys were destroyed: what was noted, and what a few more files of keys
// still have that the books have not, since a process died, or shipped nothing, when it went.
func (v *voyage) destroyed() error {
	n := min(auditTurn, len(v.audit))
	for _, chunk := range v.audit[:n] {
		if err := v.auditOne(chunk); err != nil {
			return err
		}
	}
	if n > 0 { // it may have been written anew, and the process died before it could say so
		if err := v.say(encodeChunks(v.audit[:n])); err != nil {
			return err
		}
		v.audit = v.audit[n:]
	}
	if len(v.pending.keys) == 0 {
		return nil
	}
	var ids []payment.ID
	for id := range v.pending.keys {
		ids = append(ids, id)
	}
	list, err := v.o.Books.KeysOf(ids)
	if err != nil {
		return err
	}
	changed, err := v.shelf.replace(list)
	if err != nil {
		return err
	}
	return v.say(encodeChunks(changed))
}

func (v *voyage) auditOne(n uint64) error {
	have, _, err := readChunk(chunkPath(v.o.Dir, n), n, v.o.Books.ShipKey())
	if err != nil {
		return err
	}
	list := sorted(have)
	ids := make([]payment.ID, len(list))
	for i := range list {
		ids[i] = list[i].Payment
	}
	now, err := v.o.Books.KeysOf(ids)
	for i := range now {
		if !sameKeys(&now[i], &list[i]) {
			v.pending.keys[now[i].Payment] = true
		}
	}
	return err
}

func sameKeys(a, b *ledger.PaymentKeys) bool {
	return string(a.Personal) == string(b.Personal) && string(a.Secret) == string(b.Secret) && string(a.Forgotten) == string(b.Forgotten)
}
