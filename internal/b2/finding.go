package b2

import (
	"fmt"
	"strings"
)

// Kind says what was found in a cell or a row.
type Kind string

// What Encode and the Writer find (R29).
const (
	Missing          Kind = "missing"           // a required cell is blank
	TooLong          Kind = "too_long"          // longer than the column; the row is refused
	Cut              Kind = "cut"               // longer than the column, and cut
	Substituted      Kind = "substituted"       // a character CP932 lacks, for one that means the same
	Geta             Kind = "geta"              // a character CP932 lacks became 〓
	Lost             Kind = "lost"              // a name or address would not survive; the row is refused
	Vendor           Kind = "vendor"            // kept, but in no JIS level: check the print
	Moved            Kind = "moved"             // part of the address went to the building column
	LongPart         Kind = "long_part"         // city or town longer than B2's parts of an address
	Neutralised      Kind = "neutralised"       // begins like a formula: a full-width blank was put before it
	BadCharacter     Kind = "bad_character"     // not in the column's alphabet
	Blanked          Kind = "blanked"           // an optional cell that could not be written was left blank
	BadValue         Kind = "bad_value"         // not one of the column's values
	CashOnDelivery   Kind = "cash_on_delivery"  // a slip type that collects the price again
	FragileReference Kind = "fragile_reference" // a spreadsheet would change the reference
)

// What the Reader finds (R30).
const (
	NoSlip          Kind = "no_slip"          // column 4 is blank: no slip yet, and nothing is erased
	NoReference     Kind = "no_reference"     // column 1 is blank
	ColumnCount     Kind = "column_count"     // not as many columns as the file has
	BadBytes        Kind = "bad_bytes"        // not CP932, or not UTF-8
	SlipWrong       Kind = "slip_wrong"       // not 12 digits, or its check digit fails
	SlipPacket      Kind = "slip_packet"      // 11 digits, as クロネコゆうパケット has them
	SlipNumber      Kind = "slip_number"      // turned into a number: 1.23457E+11
	SlipZeroLost    Kind = "slip_zero_lost"   // leading zeros are gone
	SlipDate        Kind = "slip_date"        // turned into a date
	Hashes          Kind = "hashes"           // ####: the column was too narrow
	ReferenceNumber Kind = "reference_number" // the reference was turned into a number
	ReferenceDate   Kind = "reference_date"   // the reference was turned into a date
	DateReformatted Kind = "date_reformatted" // 2024/1/5: read, but a spreadsheet wrote it
	DateSerial      Kind = "date_serial"      // 45000
	DateWrong       Kind = "date_wrong"       // no date, or one that can be read two ways
	ZeroLost        Kind = "zero_lost"        // a phone number or postal code lost its leading zeros
	RegisteredByB2  Kind = "registered_at_b2" // column 43 is 1: B2 registers this slip itself
)

// phrase is what a kind says; %s is the cell.
type phrase struct{ en, ja string }

const (
	freshEN = "do not open the file in a spreadsheet; take it from B2 again and import it unchanged"
	freshJA = "表計算ソフトで開かず、B2から出力し直したファイルをそのまま取り込んでください"
)

var phrases = map[Kind]phrase{
	Missing:          {"is required for this slip type and blank: fill it in", "この送り状種類では必須です。入力してください"},
	TooLong:          {"%s is too long: shorten it", "「%s」は長すぎます。短くしてください"},
	Cut:              {"%s was too long and was cut: check the text on the slip", "「%s」は長すぎるため切り詰めました。送り状の文面を確認してください"},
	Substituted:      {"%s is not in CP932 and was replaced: check the text", "「%s」はB2で使えないため置き換えました。文面を確認してください"},
	Geta:             {"%s is not in CP932 and became 〓: replace it if it matters", "「%s」はB2で使えないため〓にしました。必要なら別の文字に直してください"},
	Lost:             {"%s is not in CP932: write the name or address with another character", "「%s」はB2で使えません。氏名・住所を別の字で入力してください"},
	Vendor:           {"%s is a vendor's character: check that the printed slip shows it", "「%s」は機種依存文字です。印字を確認してください"},
	Moved:            {"part of the address went to the building column: check it", "住所の一部を建物名の欄へ移しました。確認してください"},
	LongPart:         {"%s is longer than B2's part of an address (city 12, town 16 full-width characters): if B2 refuses the row, shorten it", "「%s」は住所の区分（市区郡町村12文字、町・番地16文字）より長いです。B2でエラーになったら短くしてください"},
	Neutralised:      {"%s begins like a formula; a full-width blank was put before it: nothing to do", "「%s」は数式と見なされ得るため先頭に全角空白を入れました。対応は不要です"},
	BadCharacter:     {"%s has characters that this column does not take: correct it", "「%s」にこの項目で使えない文字があります。修正してください"},
	Blanked:          {"%s cannot be written in this column and was left blank: add it in B2 if it is needed", "「%s」はこの項目に書けないため空欄にしました。必要ならB2で入力してください"},
	BadValue:         {"%s is not allowed here: choose one of the values that the slip type has", "「%s」は指定できません。送り状種類で使える値を選んでください"},
	CashOnDelivery:   {"slip type %s collects the price at the door, and the order is paid by card: choose another type", "送り状種類「%s」は代金を引き換えます。カード決済の注文には別の種類を選んでください"},
	FragileReference: {"a spreadsheet would change the reference %s: " + freshEN, "管理番号「%s」は表計算ソフトで変わります。" + freshJA},

	NoSlip:          {"there is no slip number yet; nothing was changed: issue the slip in B2, then import again", "伝票番号がありません。変更はしていません。B2で発行してから取り込み直してください"},
	NoReference:     {"the reference in column 1 is blank: put the order in by hand", "お客様管理番号がありません。該当の注文に手で登録してください"},
	ColumnCount:     {"the row has %s columns, not as many as the file: " + freshEN, "この行は%s列で、ファイルの列数と違います。" + freshJA},
	BadBytes:        {"the cell is not in the file's encoding: " + freshEN, "文字コードが壊れています。" + freshJA},
	SlipWrong:       {"%s is no slip number of Yamato: compare it with the slip", "「%s」は正しい送り状番号ではありません。送り状と照合してください"},
	SlipPacket:      {"%s has 11 digits, as クロネコゆうパケット has; the provider takes 12: capture this order in another way", "「%s」はゆうパケットの11桁の番号で、webコレクトには登録できません。別の方法で売上を確定してください"},
	SlipNumber:      {"a spreadsheet turned the slip number into %s, and its digits are gone: " + freshEN, "送り状番号が「%s」に変換され、桁が失われています。" + freshJA},
	SlipZeroLost:    {"the slip number %s seems to have lost its leading zeros: " + freshEN, "送り状番号「%s」は先頭の0が消えているようです。" + freshJA},
	SlipDate:        {"a spreadsheet turned the slip number into the date %s: " + freshEN, "送り状番号が日付「%s」に変換されています。" + freshJA},
	Hashes:          {"a spreadsheet wrote %s in place of the value: " + freshEN, "値の代わりに「%s」が入っています。" + freshJA},
	ReferenceNumber: {"a spreadsheet turned the reference into %s: " + freshEN, "管理番号が「%s」に変換されています。" + freshJA},
	ReferenceDate:   {"a spreadsheet turned the reference into the date %s: " + freshEN, "管理番号が日付「%s」に変換されています。" + freshJA},
	DateReformatted: {"the date was rewritten as %s, so the file went through a spreadsheet; the date was read, and the slip is judged by its own digits: nothing to do here, next time import the file unchanged", "日付が「%s」に書き換わっており、表計算ソフトを通っています。日付は読み取れ、送り状番号は別に検査します。ここでの対応は不要ですが、次回はそのまま取り込んでください"},
	DateSerial:      {"a spreadsheet turned the date into the serial number %s: " + freshEN, "日付が連番「%s」に変換されています。" + freshJA},
	DateWrong:       {"%s is no date of the form YYYY/MM/DD: " + freshEN, "「%s」はYYYY/MM/DDの日付ではありません。" + freshJA},
	ZeroLost:        {"%s seems to have lost its leading zeros, so the file went through a spreadsheet; the slip is judged by its own digits: nothing to do here, next time import the file unchanged", "「%s」は先頭の0が消えており、表計算ソフトを通っています。送り状番号は別に検査します。ここでの対応は不要ですが、次回はそのまま取り込んでください"},
	RegisteredByB2:  {"B2 is told to register this slip itself: do not register it a second time, ask the provider", "この送り状はB2からwebコレクトへ登録される設定です。二重に登録せず、取引照会で確認してください"},
}

// Finding is one thing found in a cell. Original and Replacement are text of
// the file: personal data.
type Finding struct {
	Kind        Kind
	Column      int    // from 1; 0 is the row as a whole
	Original    string // the character or cell as it was
	Replacement string // what was written for it
	Refuses     bool   // the row is not written, or must not be acted on
}

// English says what was found and what to do.
func (f Finding) English() string {
	text := fill(phrases[f.Kind].en, f.Original, "%q")
	if f.Replacement != "" {
		text += fmt.Sprintf(" (written as %q)", f.Replacement)
	}
	if f.Column == 0 {
		return text
	}
	return fmt.Sprintf("column %d, %s: %s", f.Column, layout[f.Column-1].Name, text)
}

// Japanese says the same in Japanese.
func (f Finding) Japanese() string {
	text := fill(phrases[f.Kind].ja, f.Original, "%s")
	if f.Replacement != "" {
		text += "（出力：" + f.Replacement + "）"
	}
	if f.Column == 0 {
		return text
	}
	return fmt.Sprintf("%d列目「%s」：%s", f.Column, layout[f.Column-1].Name, text)
}

// fill puts the cell where the phrase has a place for it.
func fill(phrase, cell, verb string) string {
	return strings.Replace(phrase, "%s", fmt.Sprintf(verb, cell), 1)
}

// refuses reports whether one of the findings does.
func refuses(findings []Finding) bool {
	for _, f := range findings {
		if f.Refuses {
			return true
		}
	}
	return false
}
