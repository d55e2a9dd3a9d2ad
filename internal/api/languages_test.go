package api_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"kessai.dev/kessai/internal/wording"
)

// bothLanguages looks at every error that any test gets over REST: what is
// wrong is said in Japanese, too, field by field, in words of the catalogue.
func bothLanguages(t testing.TB, body []byte) {
	t.Helper()
	var e struct {
		Details []struct {
			Locale          string
			Message         string
			FieldViolations []struct {
				Field, Description, Reason string
				LocalizedMessage           struct{ Locale, Message string }
			}
		}
	}
	if json.Unmarshal(body, &e) != nil {
		return // an answer, or a file
	}
	for _, d := range e.Details {
		if d.Locale != "" && (d.Locale != "ja" || !japaneseText(d.Message)) {
			t.Errorf("an error without Japanese: %s", body)
		}
		for _, v := range d.FieldViolations {
			if m := v.LocalizedMessage; m.Locale != "ja" || !japaneseText(m.Message) || v.Description == "" || v.Reason == "" || v.Reason == string(wording.Other) {
				t.Errorf("%s: %q has no Japanese of its own: %q, %s", v.Field, v.Description, m.Message, v.Reason)
			}
		}
	}
}

func japaneseText(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) })
}
