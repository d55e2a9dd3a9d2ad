package simulator

import (
	"encoding/hex"
	"io"
)

// randomBytes reads n bytes. A source that fails ends the program, as
// crypto/rand itself does: an approval number must not repeat.
func (s *Simulator) randomBytes(n int) []byte {
	s.randomMu.Lock()
	defer s.randomMu.Unlock()
	b := make([]byte, n)
	if _, err := io.ReadFull(s.random, b); err != nil {
		panic("simulator: no randomness: " + err.Error())
	}
	return b
}

// approvalNumber is six or seven digits; it is text, and may begin with 0.
func (s *Simulator) approvalNumber() string {
	b := s.randomBytes(8)
	out := make([]byte, 6+int(b[7])%2)
	for i := range out {
		out[i] = '0' + b[i]%10
	}
	return string(out)
}

const tokenAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// tokenText is 16 random alphanumerics (protocol 4).
func (s *Simulator) tokenText() string {
	out := s.randomBytes(16)
	for i := range out {
		out[i] = tokenAlphabet[int(out[i])%len(tokenAlphabet)]
	}
	return string(out)
}

// tranID is 28 characters, as 3-D Secure's transaction numbers were.
func (s *Simulator) tranID() string { return hex.EncodeToString(s.randomBytes(14)) }

// threeDToken is 32 characters (protocol 3.1).
func (s *Simulator) threeDToken() string { return hex.EncodeToString(s.randomBytes(16)) }
