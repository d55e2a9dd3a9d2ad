package ledger

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// Limits of the registry.
const (
	MaxDocument     = 256 << 10 // bytes of a document's JSON
	MaxAuditEntry   = 256 << 10 // bytes of an entry's JSON
	MaxTrail        = 1000      // entries of one revision, and of one page
	maxDocumentName = 512
)

// documentRecord is a document as it is kept. Its JSON names are kept for ever.
type documentRecord struct {
	Kind    DocumentKind    `json:"kind"`
	ID      string          `json:"id"`
	Version int             `json:"n"`
	Updated time.Time       `json:"t,omitzero"`
	Body    json.RawMessage `json:"body"`
}

// Check reports what is wrong with a revision in itself: no document or no
// entry, a document twice, a name of no text, a body that is no JSON.
func (r *Revision) Check() error {
	if len(r.Documents) == 0 || len(r.Trail) == 0 || len(r.Trail) > MaxTrail {
		return fmt.Errorf("ledger: a revision of %d documents and %d entries", len(r.Documents), len(r.Trail))
	}
	names := map[DocumentName]bool{}
	for i := range r.Documents {
		d := &r.Documents[i]
		if names[d.DocumentName] {
			return fmt.Errorf("ledger: a revision has %s %q twice", d.Kind, d.ID)
		}
		names[d.DocumentName] = true
		if err := d.check(); err != nil {
			return err
		}
	}
	for i := range r.Trail {
		if err := r.Trail[i].check(); err != nil {
			return err
		}
	}
	return nil
}

func (d *Document) check() error {
	switch {
	case !slices.Contains(documentKinds, d.Kind):
		return fmt.Errorf("ledger: a document of kind %q", d.Kind)
	case d.ID == "" || len(d.ID) > maxDocumentName || !isText(d.ID):
		return fmt.Errorf("ledger: a document's id has %d bytes, or is no text", len(d.ID))
	case d.Version < 0:
		return fmt.Errorf("ledger: a document of version %d", d.Version)
	case len(d.Body) > MaxDocument:
		return fmt.Errorf("ledger: a document of %d bytes", len(d.Body))
	case !json.Valid(d.Body) || !isText(string(d.Body)):
		return errors.New("ledger: a document that is no JSON")
	}
	return nil
}

func (e *AuditEntry) check() error {
	for _, part := range [...]string{string(e.Tenant.Shop), string(e.Tenant.Environment)} {
		if part == "" || len(part) > maxMemberPart || !isText(part) {
			return errors.New("ledger: an entry of the trail that belongs to nobody")
		}
	}
	if e.Actor == "" || e.Resource == "" || e.Action == "" || !isText(e.Actor, e.Resource, e.Action) {
		return errors.New("ledger: an entry of the trail says who, what and how")
	}
	for _, f := range e.Fields {
		if !isText(f.Field, f.Before, f.After) {
			return errors.New("ledger: an entry of the trail with what is no text")
		}
	}
	return nil
}

// Encode gives the bytes to keep: a checksum (4) and JSON. It returns an error
// for a document that Revision.Check refuses.
func (d *Document) Encode() ([]byte, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	body, err := json.Marshal(documentRecord{d.Kind, d.ID, d.Version, d.Updated, d.Body})
	if err != nil {
		return nil, fmt.Errorf("ledger: document: %w", err)
	}
	return summed(body), nil
}

// DecodeDocument reads what Encode wrote. It returns an error for anything that
// was changed since. The result shares no memory with b.
func DecodeDocument(b []byte) (Document, error) {
	var r documentRecord
	if err := readSummed(b, &r); err != nil {
		return Document{}, fmt.Errorf("ledger: document: %w", err)
	}
	d := Document{DocumentName{r.Kind, r.ID}, r.Version, r.Body, r.Updated}
	return d, d.check()
}

// summed puts a checksum before a body, and readSummed takes it off.
func summed(body []byte) []byte {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(body)), crc32.Checksum(body, castagnoli))
	return append(b, body...)
}

func readSummed(b []byte, into any) error {
	if len(b) < 4 || binary.BigEndian.Uint32(b) != crc32.Checksum(b[4:], castagnoli) {
		return errors.New("its checksum does not fit")
	}
	return json.Unmarshal(b[4:], into)
}

// Bytes gives the name in one piece, by which a document is kept.
func (n DocumentName) Bytes() []byte {
	return append(append([]byte(n.Kind), 0), n.ID...)
}

// auditRecord is an entry of the trail as it is kept.
type auditRecord struct {
	Shop        shop.ID          `json:"shop"`
	Environment shop.Environment `json:"env"`
	Sequence    int              `json:"n"`
	Time        time.Time        `json:"t"`
	Actor       string           `json:"by"`
	Resource    string           `json:"on"`
	Action      string           `json:"do"`
	Fields      []auditField     `json:"fields,omitempty"`
	Before      string           `json:"prev"`
}

type auditField struct {
	Field  string `json:"f"`
	Before string `json:"b,omitempty"`
	After  string `json:"a,omitempty"`
}

// Encode gives the bytes to keep, and the hash by which the next entry is
// linked to this one. It returns an error for an entry that Revision.Check
// refuses, or that is larger than MaxAuditEntry.
func (e *AuditEntry) Encode() ([]byte, Hash, error) {
	if err := e.check(); err != nil {
		return nil, Hash{}, err
	}
	r := auditRecord{
		Shop: e.Tenant.Shop, Environment: e.Tenant.Environment, Sequence: e.Sequence, Time: e.Time,
		Actor: e.Actor, Resource: e.Resource, Action: e.Action, Before: hex.EncodeToString(e.Before[:]),
	}
	for _, f := range e.Fields {
		r.Fields = append(r.Fields, auditField(f))
	}
	body, err := json.Marshal(&r)
	if err != nil {
		return nil, Hash{}, fmt.Errorf("ledger: entry of the trail: %w", err)
	}
	if len(body) > MaxAuditEntry {
		return nil, Hash{}, fmt.Errorf("ledger: an entry of the trail of %d bytes", len(body))
	}
	return summed(body), auditHash(body), nil
}

func auditHash(body []byte) Hash {
	return sha256.Sum256(append([]byte("kessai audit 1"), body...))
}

// DecodeAuditEntry reads what Encode wrote, and gives its hash.
func DecodeAuditEntry(b []byte) (AuditEntry, Hash, error) {
	var r auditRecord
	if err := readSummed(b, &r); err != nil {
		return AuditEntry{}, Hash{}, fmt.Errorf("ledger: entry of the trail: %w", err)
	}
	before, err := hex.DecodeString(r.Before)
	if err != nil || len(before) != sha256.Size {
		return AuditEntry{}, Hash{}, errors.New("ledger: an entry of the trail without a link")
	}
	e := AuditEntry{
		Tenant: shop.Tenant{Shop: r.Shop, Environment: r.Environment}, Sequence: r.Sequence, Time: r.Time,
		Actor: r.Actor, Resource: r.Resource, Action: r.Action, Before: Hash(before),
	}
	for _, f := range r.Fields {
		e.Fields = append(e.Fields, AuditField(f))
	}
	return e, auditHash(b[4:]), e.check()
}

// TrailKey names a tenant's trail, by which its entries are kept. Its parts are
// led by their length, so that no two run into one another (P12).
func TrailKey(t shop.Tenant) []byte {
	b := make([]byte, 0, 64)
	for _, part := range [...]string{string(t.Shop), string(t.Environment)} {
		b = binary.BigEndian.AppendUint16(b, uint16(len(part)))
		b = append(b, part...)
	}
	return b
}
