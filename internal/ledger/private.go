package ledger

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"kessai.dev/kessai/internal/payment"
)

// Sizes of keys.
const (
	KeySize     = 32                 // of a master key and of a payment's key
	WrappedSize = KeySize + overhead // of a payment's key under the master key
	overhead    = nonceSize + tagSize
	nonceSize   = 12
	tagSize     = 16
)

// MasterKey wraps the payments' own keys (AES-256-GCM).
type MasterKey struct {
	aead cipher.AEAD
	mark [8]byte
	ship [KeySize]byte
}

// NewMasterKey takes KeySize random bytes.
func NewMasterKey(raw []byte) (*MasterKey, error) {
	if len(raw) != KeySize {
		return nil, fmt.Errorf("a master key has %d bytes, not %d", KeySize, len(raw))
	}
	m := hmac.New(sha256.New, raw)
	m.Write([]byte("kessai master key"))
	s := hmac.New(sha256.New, raw)
	s.Write([]byte("kessai shipments"))
	return &MasterKey{aead: gcm(raw), mark: [8]byte(m.Sum(nil)), ship: [KeySize]byte(s.Sum(nil))}, nil
}

// ShipKey is what shipments to a standby are encrypted under.
func (m *MasterKey) ShipKey() []byte { return m.ship[:] }

// Mark tells master keys apart without telling them.
func (m *MasterKey) Mark() [8]byte { return m.mark }

// Create makes a payment's personal key, and gives it wrapped as well.
func (m *MasterKey) Create(id payment.ID) (key *PaymentKey, wrapped []byte) {
	return m.create(id, []byte(id))
}

// Unwrap gives back a payment's personal key. It returns an error when wrapped
// was made for another payment or another use, by another master key, or was
// changed.
func (m *MasterKey) Unwrap(id payment.ID, wrapped []byte) (*PaymentKey, error) {
	return m.unwrap(id, wrapped, []byte(id))
}

// CreateSecret makes the key of a payment's secrets of 3-D Secure from event
// number from on, and gives it wrapped as well.
func (m *MasterKey) CreateSecret(id payment.ID, from int) (key *PaymentKey, wrapped []byte) {
	return m.create(id, boundSecret(id, from))
}

// UnwrapSecret gives back what CreateSecret made for the same event. It returns
// an error for everything else, the payment's personal key included.
func (m *MasterKey) UnwrapSecret(id payment.ID, from int, wrapped []byte) (*PaymentKey, error) {
	return m.unwrap(id, wrapped, boundSecret(id, from))
}

func boundSecret(id payment.ID, from int) []byte {
	return binary.BigEndian.AppendUint32([]byte("3-D Secure of "+string(id)), uint32(from))
}

func (m *MasterKey) create(id payment.ID, bound []byte) (*PaymentKey, []byte) {
	raw := make([]byte, KeySize)
	rand.Read(raw) // never fails
	return &PaymentKey{aead: gcm(raw), id: id}, encrypt(m.aead, raw, bound)
}

func (m *MasterKey) unwrap(id payment.ID, wrapped, bound []byte) (*PaymentKey, error) {
	raw, err := decrypt(m.aead, wrapped, bound)
	if err != nil {
		return nil, fmt.Errorf("key of %s: %w", id, err)
	}
	return &PaymentKey{aead: gcm(raw), id: id}, nil
}

// Keys are what a payment's private parts are encrypted under. A nil key stands
// for one that is destroyed.
type Keys struct {
	Personal *PaymentKey // of personal data, until the person is erased
	Secret   *PaymentKey // of secrets of 3-D Secure, until they are forgotten
}

// of gives the key for an event's private part.
func (k Keys) of(e *payment.Event) *PaymentKey {
	if e.Secret() {
		return k.Secret
	}
	return k.Personal
}

// PaymentKey encrypts the private parts of one payment's events.
type PaymentKey struct {
	aead cipher.AEAD
	id   payment.ID
}

// Encrypt hides the private part of event number n.
func (k *PaymentKey) Encrypt(n int, private []byte) []byte {
	return encrypt(k.aead, private, k.bound(n))
}

// Decrypt shows it again. It returns an error for anything that Encrypt did
// not make for the same event.
func (k *PaymentKey) Decrypt(n int, hidden []byte) ([]byte, error) {
	plain, err := decrypt(k.aead, hidden, k.bound(n))
	if err != nil {
		return nil, fmt.Errorf("private part of event %d of %s: %w", n, k.id, err)
	}
	return plain, nil
}

func (k *PaymentKey) bound(n int) []byte {
	return binary.BigEndian.AppendUint32([]byte(k.id), uint32(n))
}

func gcm(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // the length is ours
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // the block size is AES's
	}
	return aead
}

func encrypt(aead cipher.AEAD, plain, bound []byte) []byte {
	b := make([]byte, nonceSize, nonceSize+len(plain)+tagSize)
	rand.Read(b) // never fails
	return aead.Seal(b, b, plain, bound)
}

func decrypt(aead cipher.AEAD, hidden, bound []byte) ([]byte, error) {
	if len(hidden) < overhead {
		return nil, errors.New("too short")
	}
	return aead.Open(nil, hidden[:nonceSize], hidden[nonceSize:], bound)
}
