package shipping

import "fmt"

// FindingKind says what is suspicious in a batch, for a caller who translates
// it. The words are stable.
type FindingKind string

// What a batch is looked through for.
const (
	FindBlank       FindingKind = "blank"        // a Yamato row without a slip (P63)
	FindNotYamato   FindingKind = "not_yamato"   // a Yamato row whose number is no slip (P60, P70)
	FindPlaceholder FindingKind = "placeholder"  // a Yamato row with twelve zeros (P70)
	FindYamatoForm  FindingKind = "yamato_form"  // another carrier's row whose number may be a Yamato slip (P70)
	FindUsedTwice   FindingKind = "used_twice"   // rows of several orders with one number
	FindBundle      FindingKind = "bundle"       // the same, and a bundle that the provider takes (P38)
	FindRepeated    FindingKind = "repeated"     // rows with the same order and number: one parcel twice (P64)
	FindSwapped     FindingKind = "swapped"      // two rows, each with the receiver of the other's order (P62)
	FindMisplaced   FindingKind = "misplaced"    // a row with the receiver of another row's order (P62)
	FindOtherPlace  FindingKind = "other_region" // a row for another prefecture than its order's (P62)
)

// Weight says what a finding asks for.
type Weight int

// The weights, the lighter ones first.
const (
	Note Weight = iota // nothing to do; shown so that nothing is silent
	Ask                // a person has to say that it is right, before anything is sent
	Stop               // the rows cannot go as they are
)

// Finding is one thing that is suspicious, with all rows it is about.
type Finding struct {
	Kind   FindingKind
	Weight Weight
	// Rows are places in the batch, from 0, ascending; of FindMisplaced first the
	// row, then the one whose order it looks like.
	Rows        []int
	Number      string       // the number it is about; empty where rows have several
	Fault       *SlipError   // with FindNotYamato: what is wrong
	Limit       *LimitError  // with FindUsedTwice: why it is no bundle, if that is why
	Suggestions []Suggestion // with FindNotYamato: what may have been meant
}

// questions are what a finding says to a person.
var questions = map[FindingKind]string{
	FindBlank:       "has no slip number: nothing is changed; issue the slip first",
	FindNotYamato:   "is no slip of Yamato: correct it, or is the carrier another?",
	FindPlaceholder: "is a placeholder: nothing can be captured by it",
	FindYamatoForm:  "looks like a Yamato slip: is the carrier right?",
	FindUsedTwice:   "is at several orders: which of them has it?",
	FindBundle:      "carries several orders of one receiver",
	FindRepeated:    "is there twice for the same order: it is taken once",
	FindSwapped:     "look swapped: each is for the receiver of the other's order",
	FindMisplaced:   "is for the receiver of another row's order: is the reference right?",
	FindOtherPlace:  "goes to another prefecture than its order: is the reference right?",
}

// String says it in English, with rows as people count them.
func (f Finding) String() string {
	rows, what := "row", f.Number
	if len(f.Rows) > 1 {
		rows = "rows"
	}
	for i, r := range f.Rows {
		if i > 0 {
			rows += ","
		}
		rows += fmt.Sprintf(" %d", r+1)
	}
	if what != "" {
		what = saying(what)
	}
	text := fmt.Sprintf("%s:%s %s", rows, what, questions[f.Kind])
	if f.Limit != nil {
		text += "; " + f.Limit.Error()
	}
	return text
}
