package ledger

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// KeyText is what a key file holds: a key of KeySize bytes in hexadecimal.
func KeyText(key []byte) string { return hex.EncodeToString(key) + "\n" }

// ParseKeyText reads what KeyText wrote. Its error names the file, and never what is in it.
func ParseKeyText(path string, text []byte) ([]byte, error) {
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != KeySize {
		return nil, fmt.Errorf("ledger: %s does not hold a key of %d bytes in hexadecimal", path, KeySize)
	}
	return key, nil
}
