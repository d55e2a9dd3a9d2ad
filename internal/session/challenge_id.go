package session

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"hash"
	"sync"

	"kessai.dev/kessai/internal/payment"
)

// ChallengeIDLength is how many characters a challenge's id has.
const ChallengeIDLength = 43

// ChallengeIDs makes and reads the ids of challenges: 256 bits of which 112 name
// the attempt and 144 are a MAC, so that nobody can guess one (P42), and so that
// a return finds its payment after every session was lost.
type ChallengeIDs struct {
	hashes *sync.Pool // of hash.Hash: HMACs that are ready to use
}

// NewChallengeIDs takes the installation's secret.
func NewChallengeIDs(secret []byte) ChallengeIDs {
	h := hmac.New(sha256.New, secret)
	h.Write([]byte("kessai 1 challenge id"))
	key := h.Sum(nil)
	return ChallengeIDs{hashes: &sync.Pool{New: func() any { return hmac.New(sha256.New, key) }}}
}

const (
	namedBytes = 13 + 1 // a payment id's 100 bits, the attempt
	macBytes   = 18
)

// base32hex in lower case, as payment ids are written. 20 characters are 12.5
// bytes: four zero characters make them 15, of which the last two bytes are zero.
var idEncoding = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv").WithPadding(base32.NoPadding)

const idFill = "0000"

// Of gives the id of an attempt's challenge.
func (c ChallengeIDs) Of(id payment.ID, attempt int) string {
	raw, err := idEncoding.DecodeString(string(id) + idFill)
	if err != nil || attempt < 1 || attempt > 255 {
		return ""
	}
	named := append(raw[:namedBytes-1:namedBytes-1], byte(attempt))
	return base64.RawURLEncoding.EncodeToString(append(named, c.mac(named)...))
}

// Parse gives back what an id names, or false for anything that Of did not make.
func (c ChallengeIDs) Parse(s string) (id payment.ID, attempt int, ok bool) {
	if len(s) != ChallengeIDLength {
		return "", 0, false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || len(raw) != namedBytes+macBytes || !hmac.Equal(raw[namedBytes:], c.mac(raw[:namedBytes])) {
		return "", 0, false
	}
	text := idEncoding.EncodeToString(append(raw[:namedBytes-1:namedBytes-1], 0, 0))
	id = payment.ID(text[:payment.IDLength])
	return id, int(raw[namedBytes-1]), id.Valid()
}

func (c ChallengeIDs) mac(named []byte) []byte {
	h, _ := c.hashes.Get().(hash.Hash)
	defer c.hashes.Put(h)
	h.Reset()
	h.Write(named)
	return h.Sum(nil)[:macBytes]
}
