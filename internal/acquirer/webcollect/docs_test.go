package webcollect

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// docs/webcollect.md tells of each code what the table says, and of no other.
func TestDocsMatchTable(t *testing.T) {
	page, err := os.ReadFile("../../../docs/webcollect.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{}
	for _, line := range strings.Split(string(page), "\n") {
		rows[line] = true
	}
	totals := map[string]int{}
	told := 0
	for _, line := range strings.Split(strings.TrimRight(codesTSV, "\n"), "\n")[1:] {
		f := strings.Split(line, "\t")
		code, function, class, reason, hard, meaning := f[0], f[1], f[3], f[4], f[5], f[6]
		totals[class]++
		if hard != "" {
			reason += " (hard)"
		}
		row := fmt.Sprintf("| %s | %s | %s | %s |", code, class, reason, meaning)
		switch {
		case function == "credit", offered(function) && !strings.HasPrefix(code[3:], "101"):
			told++
			if !rows[row] {
				t.Errorf("docs/webcollect.md lacks %s", row)
			}
		case rows[row]:
			told++ // an input check worth telling
		}
	}
	for class, n := range totals {
		if !strings.Contains(string(page), fmt.Sprintf("| %s | %d | ", class, n)) {
			t.Errorf("docs/webcollect.md does not say that %d codes are %s", n, class)
		}
	}
	in := 0
	for line := range rows {
		if f := strings.Split(line, " | "); len(f) == 4 && (errorCodes[f[0][2:]].class != "" || creditCodes[f[0][2:]].class != "") {
			in++
		}
	}
	if in != told {
		t.Errorf("docs/webcollect.md has %d rows of codes, %d of them right", in, told)
	}
}

func offered(div string) bool {
	for _, f := range called {
		if f.div == div {
			return true
		}
	}
	return div == commonFunction
}
