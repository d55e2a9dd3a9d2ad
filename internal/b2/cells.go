package b2

// exact sets a cell that may not be changed in any way.
func (r *row) exact(column int, value string) {
	r.cells[column-1] = value
	form := alphabets[layout[column-1].Alphabet]
	switch {
	case value == "":
	case !form.MatchString(value):
		r.say(BadCharacter, column, value, "", true)
	case len(value) > layout[column-1].Half:
		r.say(TooLong, column, value, "", true)
	}
}

// digits sets a cell of digits and hyphens: full-width ones are folded, and the
// change is told.
func (r *row) digits(column int, value string) {
	folded := foldDigits(value)
	r.exact(column, folded)
	if folded != value && !refuses(r.findings) {
		r.say(Substituted, column, value, folded, false)
	}
}

// fixed is digits of one length, or none.
func (r *row) fixed(column int, value string, length int) {
	r.digits(column, value)
	if n := len(r.cells[column-1]); n != 0 && n < length {
		r.say(BadValue, column, value, "", true)
	}
}

// kana sets an optional reading; what has no kana is left out and told.
func (r *row) kana(column int, value string) {
	narrow := narrowKana(value)
	switch {
	case narrow == "":
	case !alphabets[Kana].MatchString(narrow):
		r.say(Blanked, column, value, "", false)
	case units(narrow) > layout[column-1].Half:
		r.cells[column-1] = cut(narrow, layout[column-1].Half)
		r.say(Cut, column, value, r.cells[column-1], false)
	default:
		r.cells[column-1] = narrow
	}
}

// words sets a cell of free text.
func (r *row) words(column int, value string) {
	text, findings := clean(&layout[column-1], value)
	r.findings = append(r.findings, findings...)
	r.text(column, text)
}

// text sets a clean text: safe for spreadsheets first, then within its length.
func (r *row) text(column int, text string) {
	c := &layout[column-1]
	safe, changed := neutralise(text)
	if changed {
		r.say(Neutralised, column, text, safe, false)
	}
	r.cells[column-1] = safe
	if units(safe) <= c.Half {
		return
	}
	if c.Identity && !r.options.CutAll {
		r.say(TooLong, column, text, "", true)
		return
	}
	r.cells[column-1] = cut(safe, c.Half)
	r.say(Cut, column, text, r.cells[column-1], false)
}

// address lays prefecture, city and lines over two columns.
func (r *row) address(column, building int, p *Party) {
	part := func(column int, text string) string {
		s, findings := clean(&layout[column-1], text)
		r.findings = append(r.findings, findings...)
		return s
	}
	prefecture, city := part(column, p.Prefecture), part(column, p.City)
	line1, line2 := part(column, p.Line1), part(building, p.Line2)
	before := units(prefecture) + units(city)
	first, second, moved := splitAddress(prefecture+city, line1, line2)
	if moved {
		r.say(Moved, building, line1+"　"+line2, second, false)
	}
	if units(city) > cityUnits {
		r.say(LongPart, column, city, "", false)
	}
	if town := units(first) - before; town > townUnits && units(first) <= addressUnits {
		r.say(LongPart, column, line1, "", false)
	}
	r.text(column, first)
	r.text(building, second)
}
