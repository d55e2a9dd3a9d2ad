package webcollect

import (
	"crypto/sha256"
	"encoding/hex"

	"kessai.dev/kessai/internal/acquirer"
)

// The option_service_div: whether a member's stored cards come into it.
const (
	ordinary      = "00"
	optionService = "01"
)

// Limits of a member's two words (protocol 2.4).
const (
	maxMember    = 64
	maxMemberKey = 8
)

// checkSum is what the provider knows a member's calls by: lower-case hex
// SHA-256 of a plain concatenation (protocol 4). authDiv belongs to a browser's
// token; the calls have none. Nothing rests on its secrecy: the access key is six
// or seven digits (P53).
func checkSum(m acquirer.Merchant, who acquirer.Member, authDiv string) string {
	sum := sha256.Sum256([]byte(who.ID + who.Key.Reveal() + m.AccessKey.Reveal() + authDiv))
	return hex.EncodeToString(sum[:])
}

// memberField names the field of a member that cannot be sent, or "".
func memberField(who acquirer.Member) string {
	switch {
	case !alphanumeric(who.ID, maxMember):
		return "member_id"
	case !alphanumeric(who.Key.Reveal(), maxMemberKey):
		return "authentication_key"
	}
	return ""
}

// storedField names the field of a stored card that cannot be sent, or "".
func storedField(s *acquirer.StoredCard) string {
	switch bad := memberField(s.Member); {
	case bad != "":
		return bad
	case !cardKey(s.Key):
		return "card_key"
	case !moment(s.LastCredit):
		return "last_credit_date"
	}
	return ""
}

// cardKey: 1, 2 or 3.
func cardKey(s string) bool { return s == "1" || s == "2" || s == "3" }

// moment: yyyyMMddHHmmss. It is a lock, and goes back as it came: only its form
// is looked at.
func moment(s string) bool { return len(s) == 14 && digits(s) }

func digits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

// alphanumeric: 1 to limit letters and digits.
func alphanumeric(s string, limit int) bool {
	if s == "" || len(s) > limit {
		return false
	}
	for _, c := range []byte(s) {
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
			return false
		}
	}
	return true
}
