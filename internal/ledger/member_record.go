package ledger

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"time"
	"unicode/utf8"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Limits of a member. A customer has three cards at most at a time; those that
// are gone are kept as well.
const (
	MaxMember     = 256 << 10 // bytes of an encoded record
	maxMemberPart = 256       // bytes of a part of its key
)

// memberRecord is a member as it is kept. Its JSON names are kept for ever.
type memberRecord struct {
	Shop        shop.ID          `json:"shop"`
	Environment shop.Environment `json:"env"`
	Contract    string           `json:"contract"`
	Customer    string           `json:"customer"`
	ProviderID  string           `json:"id"`
	Secret      []byte           `json:"secret,omitempty"`
	Cards       []cardRecord     `json:"cards,omitempty"`
	Version     int              `json:"n"`
	Updated     time.Time        `json:"t,omitzero"`
}

type cardRecord struct {
	ID         string     `json:"id"`
	Key        string     `json:"key,omitempty"`
	LastCredit string     `json:"last,omitempty"`
	Hint       card.Hint  `json:"card,omitzero"`
	Holder     string     `json:"holder,omitempty"`
	Payment    payment.ID `json:"payment,omitempty"`
	Created    time.Time  `json:"t,omitzero"`
	Updated    time.Time  `json:"u,omitzero"`
	Gone       time.Time  `json:"gone,omitzero"`
}

// Check reports what is wrong with a member in itself: a part of its key is
// missing or too long, two cards have one id, or a text is no UTF-8.
func (m *Member) Check() error {
	if m.Version < 0 {
		return fmt.Errorf("ledger: a member of version %d", m.Version)
	}
	for _, part := range [...]string{string(m.Tenant.Shop), string(m.Tenant.Environment), m.Contract, m.Customer} {
		if part == "" || len(part) > maxMemberPart {
			return fmt.Errorf("ledger: a part of a member's key has %d bytes, not 1 to %d", len(part), maxMemberPart)
		}
	}
	if !isText(string(m.Tenant.Shop), string(m.Tenant.Environment), m.Contract, m.Customer, m.ProviderID) {
		return errNoText
	}
	ids := map[string]bool{}
	for i := range m.Cards {
		c := &m.Cards[i]
		switch {
		case c.ID == "" || ids[c.ID]:
			return errors.New("ledger: a member's card without an id of its own")
		case !isText(c.ID, c.Key, c.LastCredit, string(c.Hint.Brand), c.Hint.LastFour, c.Hint.Expiry, c.Holder, string(c.Payment)):
			return errNoText
		}
		ids[c.ID] = true
	}
	return nil
}

var errNoText = errors.New("ledger: a member with what is no text: it could not be read again as it was")

func isText(list ...string) bool {
	for _, s := range list {
		if !utf8.ValidString(s) {
			return false
		}
	}
	return true
}

// Encode gives the bytes to keep: a checksum (4) and JSON. It returns an error
// when Check does, or when the record is larger than MaxMember.
func (m *Member) Encode() ([]byte, error) {
	if err := m.Check(); err != nil {
		return nil, err
	}
	r := memberRecord{
		Shop: m.Tenant.Shop, Environment: m.Tenant.Environment, Contract: m.Contract, Customer: m.Customer,
		ProviderID: m.ProviderID, Secret: m.Secret, Version: m.Version, Updated: m.Updated,
	}
	for i := range m.Cards {
		r.Cards = append(r.Cards, cardRecord(m.Cards[i]))
	}
	body, err := json.Marshal(&r)
	if err != nil {
		return nil, fmt.Errorf("ledger: member: %w", err)
	}
	if len(body) > MaxMember {
		return nil, fmt.Errorf("ledger: a member of %d bytes", len(body))
	}
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(body)), crc32.Checksum(body, castagnoli))
	return append(b, body...), nil
}

// DecodeMember reads what Encode wrote. It returns an error for anything that
// was changed since. The result shares no memory with b.
func DecodeMember(b []byte) (Member, error) {
	if len(b) < 4 || len(b) > 4+MaxMember {
		return Member{}, fmt.Errorf("ledger: a member of %d bytes", len(b))
	}
	if binary.BigEndian.Uint32(b) != crc32.Checksum(b[4:], castagnoli) {
		return Member{}, errors.New("ledger: the checksum of a member is wrong")
	}
	var r memberRecord
	if err := json.Unmarshal(b[4:], &r); err != nil {
		return Member{}, fmt.Errorf("ledger: member: %w", err)
	}
	m := Member{
		MemberKey:  MemberKey{Tenant: shop.Tenant{Shop: r.Shop, Environment: r.Environment}, Contract: r.Contract, Customer: r.Customer},
		ProviderID: r.ProviderID, Secret: r.Secret, Version: r.Version, Updated: r.Updated,
	}
	if len(m.Secret) == 0 {
		m.Secret = nil
	}
	for i := range r.Cards {
		m.Cards = append(m.Cards, StoredCard(r.Cards[i]))
	}
	if m.Version < 1 {
		return Member{}, fmt.Errorf("ledger: a kept member of version %d", m.Version)
	}
	return m, m.Check()
}

// Bytes gives the key in one piece. Every part is led by its length, so that no
// two keys run into one another (P12).
func (k *MemberKey) Bytes() []byte {
	b := make([]byte, 0, 128)
	for _, part := range [...]string{string(k.Tenant.Shop), string(k.Tenant.Environment), k.Contract, k.Customer} {
		b = binary.BigEndian.AppendUint16(b, uint16(min(len(part), 1<<16-1)))
		b = append(b, part...)
	}
	return b
}
