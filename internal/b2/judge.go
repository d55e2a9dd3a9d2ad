package b2

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"
	"kessai.dev/kessai/internal/shipping"
)

var (
	hashes     = regexp.MustCompile(`^#{2,}$`)
	decimal    = regexp.MustCompile(`^[0-9]+[.,][0-9]+$|^[0-9]{1,3}(,[0-9]{3})+$`)
	serial     = regexp.MustCompile(`^[0-9]{5}([.][0-9]+)?$`)
	phoneShort = regexp.MustCompile(`^[1-9][0-9]{8,9}$`)
)

// judge fills a row from its cells and gives the verdict (R30, P60, P63, P67).
func (r *Reader) judge(row *Row, damaged []int) {
	say := func(kind Kind, column int, cell string, refuses bool) {
		row.Findings = append(row.Findings, Finding{Kind: kind, Column: column, Original: cell, Refuses: refuses})
	}
	defer func() { row.Verdict = verdict(row) }()
	if n := len(row.Cells); n != r.at.Columns {
		// One comma too many shifts all that follows: nothing is read (P68).
		say(ColumnCount, 0, strconv.Itoa(n), true)
		return
	}
	for _, i := range damaged {
		say(BadBytes, i+1, row.Cells[i], slices.Contains([]int{colReference, colSlip, colShipDate, colRegister}, i+1))
	}
	row.Reference = strings.TrimSpace(row.Cell(colReference))
	row.SlipType = strings.TrimSpace(row.Cell(colSlipType))
	row.RawSlip = row.Cell(colSlip)
	row.ByB2 = strings.TrimSpace(row.Cell(colRegister)) == "1"
	if row.ByB2 {
		say(RegisteredByB2, colRegister, "1", false)
	}
	if kind, bad := referenceDamage(row.Reference); bad {
		say(kind, colReference, row.Reference, true)
	}
	r.slip(row, say)
	shipDate(row, say)
	for column, short := range map[int]func(string) bool{
		colToPhone: phoneShort.MatchString, colFromPhone: phoneShort.MatchString,
		colToPostal: postalShort, colFromPostal: postalShort,
	} {
		if cell := strings.TrimSpace(row.Cell(column)); short(cell) {
			say(ZeroLost, column, cell, false)
		}
	}
	slices.SortStableFunc(row.Findings, func(a, b Finding) int { return a.Column - b.Column })
}

func verdict(row *Row) Verdict {
	switch {
	case refuses(row.Findings):
		return RefusedLine
	case row.Slip == "":
		return NoSlipYet
	}
	return Register
}

// postalShort: a postal code of 5 or 6 digits has lost a zero or two.
func postalShort(s string) bool { return allDigits.MatchString(s) && len(s) > 4 && len(s) < 7 }

// referenceDamage says what a spreadsheet made of a reference. A zero that was
// dropped cannot be seen: such a row matches no order.
func referenceDamage(ref string) (Kind, bool) {
	folded := width.Narrow.String(ref)
	switch {
	case ref == "":
		return NoReference, true
	case hashes.MatchString(folded):
		return Hashes, true
	case looksNumber.MatchString(folded) && strings.ContainsAny(folded, ".,+"), decimal.MatchString(folded):
		return ReferenceNumber, true
	case strings.Contains(folded, "/") && looksDate.MatchString(folded), strings.ContainsAny(folded, "月年") && looksDate.MatchString(folded):
		return ReferenceDate, true
	}
	return "", false
}

// slip judges column 4. A blank one is no slip yet, never an erasure (P63).
func (r *Reader) slip(row *Row, say func(Kind, int, string, bool)) {
	raw := strings.TrimSpace(row.RawSlip)
	folded := width.Narrow.String(raw)
	if raw == "" {
		say(NoSlip, colSlip, "", false)
		return
	}
	slip, err := shipping.ParseSlip(raw)
	if err == nil {
		row.Slip = slip
		return
	}
	kind, _ := typeOf(r.types, row.SlipType)
	switch {
	case hashes.MatchString(folded):
		say(Hashes, colSlip, raw, true)
	case looksNumber.MatchString(folded), decimal.MatchString(folded):
		say(SlipNumber, colSlip, raw, true)
	case kind.Family == Packet && allDigits.MatchString(folded) && len(folded) == 11:
		say(SlipPacket, colSlip, raw, true)
	case zeroLost(folded):
		say(SlipZeroLost, colSlip, raw, true)
	case looksDate.MatchString(folded), serial.MatchString(folded):
		say(SlipDate, colSlip, raw, true)
	default:
		say(SlipWrong, colSlip, raw, true)
	}
}

// zeroLost reports whether zeros in front would make a sound slip. They are not
// put there: one number in seven passes by chance.
func zeroLost(digits string) bool {
	if !allDigits.MatchString(digits) || len(digits) < 6 || len(digits) > 11 {
		return false
	}
	_, err := shipping.ParseSlip(strings.Repeat("0", 12-len(digits)) + digits)
	return err == nil
}

// shipDate judges column 5. A date in another dress is read if it can be read in
// one way only; a serial number cannot, since spreadsheets count from two days.
func shipDate(row *Row, say func(Kind, int, string, bool)) {
	cell := strings.TrimSpace(row.Cell(colShipDate))
	if cell == "" {
		return
	}
	if d, err := ParseDate(cell); err == nil {
		row.ShipDate = d
		return
	}
	if d, ok := matchDate(looseDate, cell); ok {
		row.ShipDate = d
		say(DateReformatted, colShipDate, cell, false)
		return
	}
	switch {
	case hashes.MatchString(cell):
		say(Hashes, colShipDate, cell, true)
	case serial.MatchString(cell):
		say(DateSerial, colShipDate, cell, true)
	default:
		say(DateWrong, colShipDate, cell, true)
	}
}
