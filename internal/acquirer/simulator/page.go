package simulator

import (
	"bytes"
	"cmp"
	_ "embed"
	"html/template"
	"net/http"
	"strconv"
	"time"
)

//go:embed page.html
var pageText string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"jst":      func(t time.Time) string { return t.In(tokyo).Format("2006-01-02 15:04:05") },
	"yen":      thousands,
	"describe": func(c cardClass) string { return c.description },
	"threeD":   cardClass.threeD,
}).Parse(pageText))

// thousands writes an amount with commas.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// pageRows is how many orders the page shows.
const pageRows = 100

// servePage shows the transactions (加盟店管理画面), newest first.
func (s *Simulator) servePage(w http.ResponseWriter, r *http.Request) {
	search := cmp.Or(r.URL.Query().Get("order_no"), r.URL.Query().Get("slip_no"))
	list, err := s.Transactions(search, pageRows)
	if err != nil {
		http.Error(w, "the books cannot be read", http.StatusInternalServerError)
		return
	}
	var b bytes.Buffer
	err = page.Execute(&b, map[string]any{
		"Search": search, "Transactions": list, "Now": s.Now(), "Faults": s.Faults(),
		"Merchants": s.Merchants(), "Scenarios": scenarioList, "Cards": cardClasses[:],
	})
	if err != nil {
		http.Error(w, "the page cannot be written", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	write(w, "text/html; charset=UTF-8", http.StatusOK, b.Bytes())
}
