package webcollect

import (
	"crypto/sha256"
	"fmt"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
)

// sum is the check sum of a text, computed here a second time.
func sum(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

// P53: check sums that another client sent.
func TestCheckSums(t *testing.T) {
	for who, want := range map[acquirer.Member]string{
		{ID: "42", Key: "abcd1234"}: "8af30095069b578c7c5eddef755c9fe738e6ea6c6200be2d05416de89d647cbe",
		{}:                          sum("1111111"),
	} {
		if got := checkSum(merchant, who, ""); got != want {
			t.Errorf("%s: %s, want %s", who.ID, got, want)
		}
	}
	if got := checkSum(merchant, acquirer.Member{ID: "42", Key: "42"}, ""); got[:8] != "54b08b8e" || got[60:] != "81ce" {
		t.Errorf("%s", got)
	}
}
