package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sort"
	"strings"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// statement is what the provider's own books settled, as it would send it: made from
// what its page of transactions shows at the end of each day, and from nothing of
// ours.
type statement struct {
	settled map[string]int // yen of each acceptance number
	rows    []string
	sum     int
}

// state adds a day to the provider's statement: what was settled on it, and what was
// given back of what had been.
func (m *month) state() {
	if m.stated.settled == nil {
		m.stated.settled = map[string]int{}
	}
	all := m.trades()
	for _, number := range sortedKeys(all) {
		t, now := all[number], 0
		if t.Status == tradeSettled {
			now = t.Amount
		}
		if d := now - m.stated.settled[number]; d != 0 {
			m.stated.settled[number] = now
			m.stated.sum += d
			m.stated.rows = append(m.stated.rows, fmt.Sprintf("%s,%s,%d", m.clock().In(shop.Tokyo).Format("2006/01/02"), number, d))
		}
	}
}

func sortedKeys[V any](all map[string]V) []string {
	keys := make([]string, 0, len(all))
	for k := range all {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// settlement holds the month's settlement against the provider's own books, and the
// statement that the provider would send against ours: first as it is, and then
// damaged. R22
func (m *month) settlement() {
	m.state()
	from, to := m.began.Format(time.DateOnly), m.clock().Format(time.DateOnly)
	status, s := m.call(demoKey, "GET", "/v1/settlement?startDate="+from+"&endDate="+to, "", "")
	total, _ := s["total"].(map[string]any)
	if status != http.StatusOK || total == nil {
		m.Fatal(status, s)
	}
	ours := whole(m.T, total["amount"]) - yenOf(m, total["refunded"])
	m.Logf("settled: ¥%d in the books (%v), ¥%d at the provider, in %d rows of its statement", ours, total, m.stated.sum, len(m.stated.rows))
	if ours != m.stated.sum || len(m.stated.rows) == 0 {
		m.Error("the settlement and the provider's books differ")
	}
	rows := m.stated.rows
	if got := m.match(rows, from, to); len(got.Rows) > 0 || yenOf(m, got.MatchedAmount) != ours {
		m.Errorf("the provider's statement does not match: %+v", got)
	}
	m.damaged(rows, from, to)
}

func yenOf(m *month, v any) int {
	if v == nil || v == "" {
		return 0
	}
	return whole(m.T, v)
}

// damaged takes a row away, changes one and doubles one: each is told, and nothing
// else.
func (m *month) damaged(rows []string, from, to string) {
	alone := m.alone(rows, from, to)
	if len(alone) < 3 {
		m.Fatalf("only %d payments have one row", len(alone))
	}
	lost, changed, doubled := alone[0], alone[len(alone)/2], alone[len(alone)-1]
	bad := slices.Clone(rows)
	date, number, amount := cells(rows[changed])
	bad[changed] = fmt.Sprintf("%s,%s,%d", date, number, amount+1)
	bad = append(bad, rows[doubled])
	bad = slices.Delete(bad, lost, lost+1)
	_, lostNumber, lostAmount := cells(rows[lost])
	_, twiceNumber, twiceAmount := cells(rows[doubled])
	want := []string{
		fmt.Sprintf("%d AMOUNT_DIFFERS %s %d/%d", changed+1, number, amount+1, amount), // the header is line 1, and a row before it is gone
		fmt.Sprintf("%d REPEATED %s %d/0", len(rows)+1, twiceNumber, twiceAmount),
		fmt.Sprintf("0 MISSING %s 0/%d", lostNumber, lostAmount),
	}
	var have []string
	got := m.match(bad, from, to)
	for _, r := range got.Rows {
		have = append(have, fmt.Sprintf("%d %s %s %d/%d", r.Line, r.Verdict, r.AcceptanceNumber, r.StatementAmount, r.Amount))
	}
	if fmt.Sprint(have) != fmt.Sprint(want) || yenOf(m, got.MissingAmount) != lostAmount || yenOf(m, got.UnmatchedAmount) != amount+1+twiceAmount || got.Matched != len(rows)-2 {
		m.Errorf("the damaged statement is told as %q, want %q: %+v", have, want, got)
	}
}

// alone are the rows whose payments have no other one, on the statement and in the books: those
// may have a charge and what was given back of it, which a row of the statement has in one.
func (m *month) alone(rows []string, from, to string) (list []int) {
	times, booked := map[string]int{}, map[string]int{}
	for _, r := range rows {
		_, number, _ := cells(r)
		times[number]++
	}
	for _, r := range m.match(rows[:1], from, to).Rows { // all that a statement of one row lacks
		booked[r.AcceptanceNumber]++
	}
	for i, r := range rows {
		if _, number, amount := cells(r); times[number] == 1 && booked[number] == 1 && amount > 1 {
			list = append(list, i)
		}
	}
	return list
}

func cells(row string) (date, number string, amount int) {
	parts := strings.Split(row, ",")
	_, _ = fmt.Sscan(parts[2], &amount)
	return parts[0], parts[1], amount
}

// matched is what MatchStatement answers.
type matched struct {
	Rows []struct {
		Line                      int
		Verdict, AcceptanceNumber string
		StatementAmount, Amount   int
	}
	Matched                                       int
	MatchedAmount, UnmatchedAmount, MissingAmount string
}

// match sends a statement as its file.
func (m *month) match(rows []string, from, to string) (out matched) {
	m.Helper()
	file := "精算日,受付番号,精算金額\r\n" + strings.Join(rows, "\r\n") + "\r\n"
	r, err := http.NewRequestWithContext(m.Context(), http.MethodPost, "http://"+m.server.addr.String()+"/v1/statements:match?startDate="+from+"&endDate="+to, bytes.NewReader([]byte(file)))
	if err != nil {
		m.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+demoKey)
	r.Header.Set("Content-Type", "text/csv")
	res, err := m.client.Do(r)
	if err != nil {
		m.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		m.Fatal(res.Status, err, string(raw))
	}
	if err := json.Unmarshal(raw, &out); err != nil {
		m.Fatal(err)
	}
	return out
}
