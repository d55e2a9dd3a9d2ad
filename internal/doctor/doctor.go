// Package doctor finds out why it does not work: it runs the connection test of
// a shop against the provider (R23), looks at settings, network, clock and disk,
// and says of each trouble what it means and what to do, in English and in
// Japanese (R25). It moves money only through the processor, and gives back what
// it took.
package doctor

import (
	"fmt"

	"kessai.dev/kessai/internal/payment"
)

// Result is how a step ended.
type Result string

// The results. Warned is for what works and will not for ever, or not well; the
// connection test does not use it.
const (
	Passed  Result = "passed"
	Failed  Result = "failed"
	Skipped Result = "skipped"
	Warned  Result = "warned"
)

// Text is said in both languages.
type Text struct {
	English  string `json:"en"`
	Japanese string `json:"ja"`
}

// In gives the text in a language: "ja", or else English.
func (t Text) In(language string) string {
	if language == "ja" {
		return t.Japanese
	}
	return t.English
}

// text fills both languages with the same arguments, in the same order or by
// number ("%[1]s").
func text(english, japanese string, args ...any) Text {
	if len(args) == 0 {
		return Text{english, japanese}
	}
	return Text{fmt.Sprintf(english, args...), fmt.Sprintf(japanese, args...)}
}

// Step is one line of a checklist.
type Step struct {
	Name    string // one word: "settings", "purchase"; an open set
	Result  Result
	Title   Text       // what was tried
	Message Text       // why it did not pass and what to do; empty if it passed
	Payment payment.ID // what it is about, if anything
	Code    string     // the provider's, if it spoke
	Last    bool       // nothing comes after it in its run
}

// pass makes a step that passed.
func pass(name string, title Text) Step { return Step{Name: name, Result: Passed, Title: title} }

// ended makes a step that ended in another way.
func ended(result Result, name string, title Text, a Advice) Step {
	return Step{Name: name, Result: result, Title: title, Message: a.Text, Code: a.Code}
}

// Advice is what a trouble means and what to do about it.
type Advice struct {
	Text
	Code string // the provider's, if it spoke
}

// advice is one without a code.
func advice(english, japanese string, args ...any) Advice {
	return Advice{Text: text(english, japanese, args...)}
}

// Trouble makes a step that failed.
func Trouble(name string, title Text, english, japanese string, args ...any) Step {
	return ended(Failed, name, title, advice(english, japanese, args...))
}

// Caution makes a step that works, and will not for ever, or not well.
func Caution(name string, title Text, english, japanese string, args ...any) Step {
	return ended(Warned, name, title, advice(english, japanese, args...))
}

// Left makes a step that was skipped.
func Left(name string, title Text, english, japanese string, args ...any) Step {
	return ended(Skipped, name, title, advice(english, japanese, args...))
}
