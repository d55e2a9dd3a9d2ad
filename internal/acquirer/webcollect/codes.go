package webcollect

import (
	_ "embed"
	"fmt"
	"strings"

	"kessai.dev/kessai/internal/payment"
)

// codesTSV lists every code of the provider that is known, what it means and
// what it proves. Where the meaning leaves room, ours is the careful reading:
// docs/webcollect.md says which those are.
//
//go:embed codes.tsv
var codesTSV string

// class is what a code proves.
type class string

// The classes.
const (
	classDecline        class = "decline"        // no to a payment
	classRefuse         class = "refuse"         // no to a capture, adjustment, cancellation, …
	classDone           class = "done"           // it is as asked for already: yes
	classHalf           class = "half"           // an amount change half done (P22)
	classNotSent        class = "not-sent"       // the provider refused to begin
	classUnknown        class = "unknown"        // proves nothing: an inquiry decides
	classAuthentication class = "authentication" // RES_CODE of a 3-D Secure answer: never an answer to a call
)

// ruling is one line of the table.
type ruling struct {
	function  string // function_div, or Z01 for the common codes
	parameter string // wire name of the field at fault
	class     class
	reason    payment.Reason
	hard      bool
}

// The two tables: a creditErrorCode is looked up apart from an errorCode.
var errorCodes, creditCodes = mustTables(codesTSV)

func mustTables(tsv string) (codes, credits map[string]ruling) {
	codes, credits = map[string]ruling{}, map[string]ruling{}
	for i, line := range strings.Split(strings.TrimRight(tsv, "\n"), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 7 {
			panic(fmt.Sprintf("codes.tsv: line %d has %d columns", i+2, len(f)))
		}
		into := codes
		switch f[1] {
		case "credit":
			into = credits
		case "3ds":
			continue
		}
		if _, twice := into[f[0]]; twice {
			panic("codes.tsv: " + f[0] + " comes twice")
		}
		into[f[0]] = ruling{function: f[1], parameter: f[2], class: class(f[3]), reason: payment.Reason(f[4]), hard: f[5] == "hard"}
	}
	return codes, credits
}

// commonFunction marks the codes that can answer any call.
const commonFunction = "Z01"

// rule finds what a failure of a call proves. A code that is not in the table,
// or that answers another call, proves nothing.
func rule(f function, code, credit string) ruling {
	r, ok := errorCodes[code]
	if !ok || r.function != f.div && r.function != commonFunction {
		return ruling{class: classUnknown}
	}
	if credit == "" || r.class == classHalf {
		return r
	}
	c, ok := creditCodes[credit]
	if !ok || c.class == classUnknown {
		return ruling{class: classUnknown} // P27: a time-out behind a refusal is no refusal
	}
	if r.reason == payment.CardDeclined {
		r.reason, r.hard = c.reason, c.hard
	}
	return r
}
