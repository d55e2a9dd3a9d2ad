package shipping

import (
	"fmt"
	"strconv"
	"strings"
)

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

// question is what a finding says to a person.
type question struct{ en, ja string }

var questions = map[FindingKind]question{
	FindBlank:       {"has no slip number: nothing is changed; issue the slip first", "送り状番号がないため、何も変更していません。先に送り状を発行してください"},
	FindNotYamato:   {"is no slip of Yamato: correct it, or is the carrier another?", "ヤマト運輸の送り状番号ではありません。番号を訂正するか、配送業者を確認してください"},
	FindPlaceholder: {"is a placeholder: nothing can be captured by it", "仮の番号のため、売上確定できません。実際の送り状番号を入力してください"},
	FindYamatoForm:  {"looks like a Yamato slip: is the carrier right?", "ヤマト運輸の送り状番号のようです。配送業者が正しいか確認してください"},
	FindUsedTwice:   {"is at several orders: which of them has it?", "複数の注文に付いています。どの注文の送り状か確認してください"},
	FindBundle:      {"carries several orders of one receiver", "お届け先が同じ複数の注文に付いています（同梱）。そのまま登録できます"},
	FindRepeated:    {"is there twice for the same order: it is taken once", "同じ注文に2度あります。1度だけ登録します"},
	FindSwapped:     {"look swapped: each is for the receiver of the other's order", "互いのお届け先と入れ替わっているようです。送り状と注文を照合してください"},
	FindMisplaced:   {"is for the receiver of another row's order: is the reference right?", "別の行の注文のお届け先宛てのようです。お客様管理番号を確認してください"},
	FindOtherPlace:  {"goes to another prefecture than its order: is the reference right?", "注文と都道府県が異なります。お客様管理番号を確認してください"},
}

// String is English.
func (f Finding) String() string { return f.English() }

// English says it, and what to do, with rows as people count them.
func (f Finding) English() string {
	rows := "row"
	if len(f.Rows) > 1 {
		rows = "rows"
	}
	for i, r := range f.Rows {
		if i > 0 {
			rows += ","
		}
		rows += fmt.Sprintf(" %d", r+1)
	}
	return rows + ": " + f.AboutEnglish()
}

// Japanese says the same.
func (f Finding) Japanese() string {
	var rows []string
	for _, r := range f.Rows {
		rows = append(rows, strconv.Itoa(r+1))
	}
	return strings.Join(rows, "・") + "行目：" + f.AboutJapanese()
}

// AboutEnglish is English without the rows, for a caller who names them in
// another way.
func (f Finding) AboutEnglish() string {
	text := strings.TrimSpace(f.number() + " " + questions[f.Kind].en)
	if f.Limit != nil {
		text += "; " + f.Limit.Error()
	}
	return text
}

// AboutJapanese is Japanese without the rows.
func (f Finding) AboutJapanese() string {
	text := questions[f.Kind].ja
	if n := f.number(); n != "" {
		text = "送り状番号 " + n + "：" + text
	}
	if f.Limit != nil {
		text += "。" + f.Limit.Japanese()
	}
	return text
}

// number is the number as it may be repeated.
func (f Finding) number() string {
	if f.Number == "" {
		return ""
	}
	return strings.TrimSpace(saying(f.Number))
}
