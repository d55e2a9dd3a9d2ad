package payment

import (
	"fmt"
	"strings"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// Statement is what the shopper will see of a change of amount on the card's
// statement, and what the shop should know before.
type Statement struct {
	Lines             []StatementLine // in the order in which they appear
	Notes             []StatementNote
	Japanese, English string // a message to the shopper, ready to be sent; empty: nothing changes
}

// StatementLine is one line of the card's statement. What is given back is
// negative.
type StatementLine struct {
	Kind   LineKind
	Amount money.Yen
	Date   string // when the provider makes it, YYYY-MM-DD in Japan
}

// LineKind says what a line of a statement is.
type LineKind string

// The provider holds or charges the new amount first, and then lets go of the old
// one: so there are three lines.
const (
	LineOriginal LineKind = "ORIGINAL"
	LineReversal LineKind = "REVERSAL"
	LineNew      LineKind = "NEW"
)

// StatementNote is one thing to know. The reasons are an open set.
type StatementNote struct {
	Reason            string
	Japanese, English string
}

// Reasons of notes.
const (
	NoteUnchanged      = "UNCHANGED"
	NoteNotNow         = "NOT_NOW"
	NoteCrossesClosing = "CROSSES_CLOSING_DAY"
	NoteDoubleDraw     = "DOUBLE_DRAW"
	NoteNotCharged     = "NOT_CHARGED_YET"
	NoteProtectionLost = "PROTECTION_LOST"
	NoteMayBeTooLate   = "MAY_BE_TOO_LATE"
)

// Foresee tells what the shopper will see of an adjustment: decided is what Decide
// makes of it (Adjust, with deferral allowed), and history the payment's events.
// Nothing is asked and nothing changes.
func Foresee(p *Payment, history, decided []Event, now time.Time) *Statement {
	since := statedSince(p, history)
	original := StatementLine{LineOriginal, p.Amount, sayDay(since)}
	wish := &decided[len(decided)-1]
	if wish.Kind == KindUnchanged {
		return &Statement{Lines: []StatementLine{original}, Notes: []StatementNote{{
			NoteUnchanged, "すでにこの金額です。変更しても何も起こりません。", "The amount is that already: nothing would happen.",
		}}}
	}
	made := now
	if wish.Kind == KindDeferred {
		made = wish.Until
	}
	s := &Statement{Lines: []StatementLine{original, {LineReversal, -p.Amount, sayDay(made)}, {LineNew, wish.Amount, sayDay(made)}}}
	closing, crosses := closingBetween(since, made)
	s.note(wish.Kind == KindDeferred, NoteNotNow,
		fmt.Sprintf("23時から1時までは変更できません。%sに行われるように予約することはできます(allowDeferral)。", made.In(shop.Tokyo).Format("2006-01-02 15:04")),
		fmt.Sprintf("It cannot be changed from 23:00 to 01:00 Japan time. With allow_deferral it is done at %s.", made.In(shop.Tokyo).Format("2006-01-02 15:04")))
	s.note(crosses, NoteCrossesClosing,
		fmt.Sprintf("元の金額(%s)と変更(%s)の間に、多くのカード会社の締め日(%s)があります。元の金額と変更後の金額が先に引き落とされ、取消の分は翌月以降に戻ることがあります。", sayDay(since), sayDay(made), sayDay(closing)),
		fmt.Sprintf("A usual closing day of card companies (%s) lies between the original (%s) and the change (%s): both amounts may be drawn first, and the reversal a month or more later.", sayDay(closing), sayDay(since), sayDay(made)))
	s.note(true, NoteDoubleDraw,
		"新しい金額が承認されてから、元の金額が取り消されます。その間は両方の利用枠が必要です。デビットカードとプリペイドカードでは両方が引き落とされ、元の金額は後日戻ります。",
		"The new amount is approved before the old one is let go, so for a while the card needs room for both. A debit or prepaid card is drawn for both, and gets the old amount back days later.")
	s.note(p.State == Authorized, NoteNotCharged,
		"まだ売上確定の前です。クレジットカードでは元の金額は請求されず、明細には変更後の金額だけが載ることがあります。",
		"Nothing is charged yet. A credit card's statement may then show the new amount only.")
	l, _ := p.Liability(now)
	s.note(wish.Amount > p.Amount && (l == Protected || l == Attempted), NoteProtectionLost,
		"増額すると、本人認証(3Dセキュア)による不正利用の補償がなくなります。差額は別の決済にすると、補償を残せます。",
		"Raising the amount loses the protection that 3-D Secure gives against fraud. A second payment for the difference keeps it.")
	s.note(p.State == Settled, NoteMayBeTooLate,
		"すでに精算が確定しています。決済会社が変更を断ることがあります。そのときは差額を別の方法で返金してください。",
		"The charge is settled, and the provider may refuse the change. Then give the difference back in another way.")
	s.tell(p, wish.Amount, crosses)
	return s
}

func (s *Statement) note(applies bool, reason, japanese, english string) {
	if applies {
		s.Notes = append(s.Notes, StatementNote{reason, japanese, english})
	}
}

// tell writes the message to the shopper. It names no person.
func (s *Statement) tell(p *Payment, amount money.Yen, crosses bool) {
	ja, en := &strings.Builder{}, &strings.Builder{}
	fmt.Fprintf(ja, "ご注文(注文番号 %s)のお支払い金額を、%s円から%s円に変更いたします。\n", p.OrderNumber, digits(p.Amount), digits(amount))
	fmt.Fprintf(en, "The amount of your order %s changes from %s to %s.\n", p.OrderNumber, p.Amount.Format(), amount.Format())
	ja.WriteString("カードのご利用明細には、次の3行が載ることがあります。\n")
	en.WriteString("Your card's statement may show these three lines:\n")
	for _, l := range s.Lines {
		fmt.Fprintf(ja, "・%s円(%s)\n", digits(l.Amount), lineWords[l.Kind][0])
		fmt.Fprintf(en, "- %s (%s)\n", l.Amount.Format(), lineWords[l.Kind][1])
	}
	fmt.Fprintf(ja, "差し引きのお支払いは%s円です。\n", digits(amount))
	fmt.Fprintf(en, "In all you pay %s.\n", amount.Format())
	if crosses {
		ja.WriteString("カード会社の締め日をまたぐため、変更前と変更後の金額が先に引き落とされ、取消の分は翌月以降に戻ることがあります。\n")
		en.WriteString("As the closing day of your card company may lie in between, both amounts may be drawn first, and the first given back a month or more later.\n")
	}
	ja.WriteString("デビットカードとプリペイドカードでは、いったん両方の金額が引き落とされ、変更前の金額は後日戻ります。戻る日は、カード会社にお問い合わせください。\n")
	en.WriteString("A debit or prepaid card is drawn for both amounts, and gets the first back some days later; your card company knows when.\n")
	s.Japanese, s.English = ja.String(), en.String()
}

var lineWords = map[LineKind][2]string{
	LineOriginal: {"変更前の金額", "the amount before"},
	LineReversal: {"変更前の金額の取消", "the same, given back"},
	LineNew:      {"変更後の金額", "the new amount"},
}

// digits is an amount with commas: "-5,080".
func digits(y money.Yen) string { return strings.Replace(y.Format(), "¥", "", 1) }

// statedSince is when the provider made what the statement shows now: the latest
// hold, or change of amount.
func statedSince(p *Payment, history []Event) time.Time {
	since := p.Created
	for i := range history {
		switch e := &history[i]; e.Kind {
		case KindAuthorized, KindHeld, KindReauthorized, KindAdjusted, KindCorrected, KindImported:
			since = e.Time
		}
	}
	return since
}

// closingBetween gives the first of the closing days that most card companies have,
// the 15th and the last of the month, which lies between two moments: on the day of
// the first or later, and before the day of the second.
func closingBetween(from, to time.Time) (time.Time, bool) {
	day := dayOf(from)
	closing := time.Date(day.Year(), day.Month(), 15, 0, 0, 0, 0, shop.Tokyo)
	if closing.Before(day) {
		closing = time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, shop.Tokyo)
	}
	return closing, closing.Before(dayOf(to))
}
