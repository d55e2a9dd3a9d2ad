package report

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

func (s *shelf) match(rows ...string) Statement {
	s.tb.Helper()
	out, err := s.MatchStatement(s.tb.Context(), mainShop, []byte("精算日,受付番号,精算金額\r\n"+strings.Join(rows, "\r\n")+"\r\n"), "2026-11-01", "2026-11-30")
	if err != nil {
		s.tb.Fatal(err)
	}
	return out
}

// verdicts are the rows in short, and the sums.
func (st Statement) verdicts() string {
	var out []string
	for i := range st.Rows {
		r := &st.Rows[i]
		words := ""
		if r.English == "" || r.Japanese == "" {
			words = " without words"
		}
		out = append(out, fmt.Sprintf("%d %s %d/%d%s", r.Line, r.Verdict, r.Statement, r.Books, words))
	}
	return fmt.Sprintf("%s; %d rows of %d match, %d do not, %d missing", strings.Join(out, ", "), st.Matched, st.MatchedAmount, st.UnmatchedAmount, st.MissingAmount)
}

// Pitfall feature 17: every row of the statement has its verdict and every yen its
// place, whatever day the row bears.
func TestMatchStatement(t *testing.T) {
	s := newShelf(t)
	s.to(2, 9)
	a, b, c, waits := s.charge("A", 5080), s.charge("B", 999), s.charge("C", 300), s.charge("waits", 700)
	theirs := s.settle(s.chargeFor(otherShop, "theirs", 88))
	s.settle(a)
	s.to(3, 9)
	s.settle(b)
	s.settle(c)
	moved := s.move("0012345678", payment.StandingCaptured, 6000)
	s.settle(moved)
	s.to(4, 9)
	s.adjust(a, 4000)
	s.to(5, 9)
	s.cancel(s.settled("gone", 70))
	held := s.add(mainShop, "", payment.Event{Kind: payment.KindCreated, Opening: &payment.Opening{Tenant: mainShop, OrderNumber: "two", Requested: 40}},
		payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 1, Amount: 40}, payment.Event{Kind: payment.KindDeclined, Attempt: 1},
		payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 2, Amount: 40}, payment.Event{Kind: payment.KindAuthorized, Attempt: 2, Amount: 40},
		payment.Event{Kind: payment.KindCaptured, Attempt: 2, Amount: 40})
	s.settle(held)

	na, nb, nc, nw, nh := s.number(a), s.number(b), s.number(c), s.number(waits), s.number(held)
	all := []string{"2026/11/02," + na + ",\"5,080\"", "2026/11/04," + na + ",△1080", "2026/10/31," + nb + ",999", "," + nc + ",300", "2026/11/03,'0012345678,￥６０００", "," + nh + ",40", "合計,,11339"}
	for _, c := range []struct {
		name string
		rows []string
		want string
	}{
		{"all of it", all, "; 6 rows of 11339 match, 0 do not, 0 missing"},
		{"a row missing", slices.Delete(slices.Clone(all), 2, 3), "0 MISSING 0/999; 5 rows of 10340 match, 0 do not, 999 missing"},
		{"a refund missing", slices.Delete(slices.Clone(all), 1, 2), "0 MISSING 0/-1080; 5 rows of 12419 match, 0 do not, -1080 missing"},
		{"settled and given back, and left out", slices.Delete(slices.Clone(all), 6, 7), "; 6 rows of 11339 match, 0 do not, 0 missing"},
		{"an amount changed", replaced(all, 2, ","+nb+",990"), "4 AMOUNT_DIFFERS 990/999; 5 rows of 10340 match, 990 do not, 0 missing"},
		{"a refund changed", replaced(all, 1, ","+na+",-1000"), "3 AMOUNT_DIFFERS -1000/-1080; 5 rows of 12419 match, -1000 do not, 0 missing"},
		{"a row doubled", append(slices.Clone(all), all[2]), "9 REPEATED 999/0; 6 rows of 11339 match, 999 do not, 0 missing"},
		{"a refund doubled", append(slices.Clone(all), all[1]), "9 REPEATED -1080/0; 6 rows of 11339 match, -1080 do not, 0 missing"},
		{"one row for two steps", replaced(slices.Delete(slices.Clone(all), 1, 2), 0, ","+na+",4000"), "; 5 rows of 11339 match, 0 do not, 0 missing"},
		{"two rows for one step", append(replaced(all, 2, ","+nb+",900"), ","+nb+",99"), "; 7 rows of 11339 match, 0 do not, 0 missing"},
		{"settled and given back between two looks", append(slices.Clone(all), ","+nw+",700", ","+nw+",-700"), "; 8 rows of 11339 match, 0 do not, 0 missing"},
		{"not settled", append(slices.Clone(all), ","+nw+",700"), "9 NOT_SETTLED 700/0; 6 rows of 11339 match, 700 do not, 0 missing"},
		{"more than settled", append(slices.Clone(all), ","+nb+",7"), "9 AMOUNT_DIFFERS 7/0; 6 rows of 11339 match, 7 do not, 0 missing"},
		{"given back there only", append(slices.Clone(all), ","+nb+",-7"), "9 AMOUNT_DIFFERS -7/0; 6 rows of 11339 match, -7 do not, 0 missing"},
		{"another attempt's", replaced(all, 5, ","+string(nh[:20])+",40"), "7 NOT_SETTLED 40/0, 0 MISSING 0/40; 5 rows of 11299 match, 40 do not, 40 missing"},
		{"nobody's", append(slices.Clone(all), ",WC-1,7", ","+s.number(theirs)+",88", ",ま,1"), "9 UNKNOWN 7/0, 10 UNKNOWN 88/0, 11 UNKNOWN 1/0; 6 rows of 11339 match, 96 do not, 0 missing"},
	} {
		if got := s.match(c.rows...).verdicts(); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

func replaced(rows []string, i int, row string) []string {
	rows = slices.Clone(rows)
	rows[i] = row
	return rows
}

// P67 P68: what a spreadsheet damaged is refused row by row, never guessed, and its
// yen are named.
func TestMatchDamaged(t *testing.T) {
	s := newShelf(t)
	s.to(2, 9)
	s.settle(s.move("0012345678", payment.StandingCaptured, 6000))
	s.settle(s.move("1E10", payment.StandingCaptured, 5)) // a number may look like that
	for row, want := range map[string]string{
		",12345678,6000":        "2 UNREADABLE 6000/0",
		",12345679,6000":        "2 UNKNOWN 6000/0",
		",1.23E+7,6000":         "2 UNREADABLE 6000/0",
		",12345678.0,6000":      "2 UNREADABLE 6000/0",
		",\"12,345,678\",6000":  "2 UNREADABLE 6000/0",
		",####,6000":            "2 UNREADABLE 6000/0",
		",2026/1/5,6000":        "2 UNREADABLE 6000/0",
		",0012345678,6000.0":    "2 UNREADABLE 0/0",
		",0012345678,6.0E+3":    "2 UNREADABLE 0/0",
		",0012345678,":          "2 UNREADABLE 0/0",
		",,6000":                "2 UNREADABLE 6000/0",
		",0012345678,6,000":     "2 UNREADABLE 0/0",
		"45000,0012345678,6000": "2 UNREADABLE 6000/0",
		"1/5/2026,0012345678,1": "2 UNREADABLE 1/0",
	} {
		got := s.match(row, ",1E10,5")
		if !strings.HasPrefix(got.verdicts(), want+", 0 MISSING 0/6000; 1 rows of 5 match") || got.UnmatchedAmount != int64(got.Rows[0].Statement) || got.MissingAmount != 6000 {
			t.Errorf("%s: %s", row, got.verdicts())
		}
	}
	if got := s.match("2026/11/2,\"=\"\"0012345678\"\"\",6000", "2026-11-02T00:00:00,1e10,5", ",,", " 合計 ,,6005"); got.verdicts() != "; 2 rows of 6005 match, 0 do not, 0 missing" {
		t.Error(got.verdicts())
	}
}

// Pitfall feature 17: the days that must not lack anything are the file's or the
// caller's; yen before and after them are not missed, and those of the first day
// say where else to look.
func TestMatchDays(t *testing.T) {
	s := newShelf(t)
	for day := 2; day <= 6; day += 2 {
		s.to(day, 9)
		s.settled(strconv.Itoa(day), money.Yen(day))
	}
	four := ""
	for id := range s.payments {
		if s.payments[id].Amount == 4 {
			four = s.number(id)
		}
	}
	run := func(file, from, to string) string {
		t.Helper()
		out, err := s.MatchStatement(t.Context(), mainShop, []byte(file), from, to)
		if invalid, ok := errors.AsType[*payment.InvalidError](err); ok {
			return invalid.Violations[0].Field
		}
		if err != nil {
			t.Fatal(err)
		}
		return out.verdicts()
	}
	with, without := "date,order_no,amount\n2026-11-05,X,1\n2026-11-04,"+four+",4\n", "order_no,amount\n"+four+",4\n"
	for _, c := range []struct{ file, from, to, want string }{
		{with, "", "", "2 UNKNOWN 1/0; 1 rows of 4 match, 1 do not, 0 missing"},
		{with, "2026-11-02", "", "2 UNKNOWN 1/0, 0 MISSING 0/2; 1 rows of 4 match, 1 do not, 2 missing"},
		{with, "", "2026-11-06", "2 UNKNOWN 1/0, 0 MISSING 0/6; 1 rows of 4 match, 1 do not, 6 missing"},
		{without, "2026-11-05", "2026-11-06", "0 MISSING 0/6; 1 rows of 4 match, 0 do not, 6 missing"},
		{without, "2026-11-03", "2026-11-05", "; 1 rows of 4 match, 0 do not, 0 missing"},
		{without, "", "", "start_date"},
		{without, "2026-11-03", "", "end_date"},
		{without, "", "2026-11-03", "start_date"},
		{without, "2026-11-06", "2026-11-05", "end_date"},
		{without, "x", "2026-11-05", "start_date"},
		{"date,order_no,amount\n2020-11-05,X,1\n2026-11-04,Y,4\n", "", "", "end_date"},
		{"", "2026-11-03", "2026-11-05", "content"},
		{"order_no\nX\n", "2026-11-03", "2026-11-05", "content"},
		{"amount\n1\n", "2026-11-03", "2026-11-05", "content"},
		{"order_no,amount\n" + strings.Repeat("X,1\n", MaxStatementRows+1), "2026-11-03", "2026-11-05", "content"},
		{strings.Repeat("x", MaxStatement+1), "2026-11-03", "2026-11-05", "content"},
	} {
		if got := run(c.file, c.from, c.to); got != c.want {
			t.Errorf("%.30q %s %s: %s\nwant %s", c.file, c.from, c.to, got, c.want)
		}
	}
	out, err := s.MatchStatement(t.Context(), mainShop, []byte("order_no,amount\n"), "2026-11-02", "2026-11-06")
	if err != nil || len(out.Rows) != 3 || !strings.Contains(out.Rows[0].English, "statement before") || out.Rows[1].English == out.Rows[0].English {
		t.Errorf("%v %+v", err, out.Rows)
	}
}

// P66: the columns are found by any of their names, in any order and character set.
func TestMatchHeaders(t *testing.T) {
	s := newShelf(t)
	s.to(2, 9)
	number := s.number(s.settled("A", 5080))
	n := 0
	for _, a := range statementFormat.Columns[0].Names {
		for _, b := range statementFormat.Columns[1].Names {
			day := statementFormat.Columns[2].Names[n%len(statementFormat.Columns[2].Names)]
			file := fmt.Sprintf("メモ,%s,%s,%s\n店,5080,%s,20261102\n", b, a, day, number)
			if n++; n%2 == 0 {
				file, _ = japanese.ShiftJIS.NewEncoder().String(file)
			}
			out, err := s.MatchStatement(t.Context(), mainShop, []byte(file), "", "")
			if err != nil || out.Matched != 1 || len(out.Rows) != 0 || out.Span != november(2, 2) {
				t.Errorf("%s, %s, %s: %v %+v", a, b, day, err, out)
			}
		}
	}
}

// Pitfall feature 17: however a statement is damaged, no yen is lost: those of the
// file are matched or not, those of the books are found, differ or are missing.
func TestEveryYenIsNamed(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newShelf(t)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		s.live(r, rapid.IntRange(1, 60).Draw(rt, "steps"))
		rows := strings.Split(strings.TrimSuffix(s.export(november(1, 30)), "\r\n"), "\r\n")
		head, rows := rows[0], rows[1:]
		for range rapid.IntRange(0, 8).Draw(rt, "damages") {
			if len(rows) == 0 {
				break
			}
			i := r.IntN(len(rows))
			switch r.IntN(3) {
			case 0:
				rows = slices.Delete(rows, i, i+1)
			case 1:
				rows = append(rows, rows[i])
			default:
				cells := strings.Split(rows[i], ",")
				cells[6] = strconv.Itoa(r.IntN(20000) - 10000)
				rows[i] = strings.Join(cells, ",")
			}
		}
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		var says int64
		for _, row := range rows {
			n, _ := strconv.Atoi(strings.Split(row, ",")[6])
			says += int64(n)
		}
		m, err := s.MatchStatement(t.Context(), mainShop, []byte(head+"\r\n"+strings.Join(rows, "\r\n")), "2026-11-01", "2026-11-30")
		if err != nil {
			rt.Fatal(err)
		}
		var differs, missing int64
		for i := range m.Rows {
			switch row := &m.Rows[i]; row.Verdict {
			case AmountDiffers:
				differs += int64(row.Books)
			case Missing:
				missing += int64(row.Books)
			case Repeated:
			default:
				rt.Fatalf("%+v", row)
			}
		}
		total := s.settlement(november(1, 30)).Total
		if m.MatchedAmount+m.UnmatchedAmount != says || missing != m.MissingAmount || m.MatchedAmount+differs+missing != total.Amount-total.Refunded {
			rt.Fatalf("%d in the file, %+v in the books, %d differ: %s", says, total, differs, m.verdicts())
		}
	})
}

// P97: a hundred thousand rows are judged, also when all are about one payment, and
// ten thousand are told of.
func TestMatchMany(t *testing.T) {
	s := newShelf(t)
	s.to(2, 9)
	a := s.settled("A", 5)
	for i := range 50 {
		s.adjust(a, money.Yen(2*i+100))
	}
	out := s.match(slices.Repeat([]string{"," + s.number(a) + ",7"}, MaxStatementRows)...)
	if len(out.Rows) != MaxStatementTold || out.Matched != 0 || out.UnmatchedAmount != 7*MaxStatementRows || s.asked > 60 {
		t.Errorf("%d rows, %d match, %d do not, %d histories", len(out.Rows), out.Matched, out.UnmatchedAmount, s.asked)
	}
	for i := range 50 {
		s.settled(strconv.Itoa(i), 1)
	}
	m := &match{lacks: make([]StatementRow, MaxStatementTold), lines: make([]line, 20)}
	m.lackRow(a, "A", 1, false)
	if got := m.sum(); len(got.Rows) != MaxStatementTold || got.MissingAmount != 1 || got.Rows[19].Verdict == Missing {
		t.Errorf("%d rows", len(got.Rows))
	}
}

// FuzzStatement: no file makes it panic, and each row has a verdict with words.
func FuzzStatement(f *testing.F) {
	f.Add([]byte("受付番号,金額,精算日\n0012345678,\"6,000\",2026-11-02\n12345678,-6000,\n合計,,\n"))
	f.Add([]byte("order_no,amount\n4.71E+11,1\n,,,\n"))
	s := newShelf(f)
	s.to(2, 9)
	s.settle(s.move("0012345678", payment.StandingCaptured, 6000))
	f.Fuzz(func(t *testing.T, content []byte) {
		out, err := s.MatchStatement(t.Context(), mainShop, content, "2026-11-01", "2026-11-30")
		if _, ok := errors.AsType[*payment.InvalidError](err); err != nil && !ok {
			t.Fatal(err)
		}
		for i := range out.Rows {
			if r := &out.Rows[i]; r.Verdict == "" || r.Verdict == Matched || r.English == "" || r.Japanese == "" || (r.Line == 0) != (r.Verdict == Missing) {
				t.Fatalf("%+v", r)
			}
		}
	})
}
