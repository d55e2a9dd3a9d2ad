package api_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/api/apitest"
)

// An argument is as a shell has it: parts with and without quotes, end to end.
var (
	curlPart     = regexp.MustCompile(`'[^']*'|"[^"]*"|[^\s'"]+`)
	curlArgument = regexp.MustCompile(`(?:'[^']*'|"[^"]*"|[^\s'"]+)+`)
)

// unquoted is an argument as the shell gives it on.
func unquoted(argument string) string {
	return curlPart.ReplaceAllStringFunc(argument, func(part string) string {
		if part[0] == '\'' || part[0] == '"' {
			return part[1 : len(part)-1]
		}
		return part
	})
}

// curl is one line of a document, taken apart.
type curl struct {
	path, method, body string
	header             []string
	want               int
	out, in            string // files: where the answer goes, and what the body is
	keep               string // "PAYMENT SECRET", "CARD", "KEY" after "# -> ": remember the name, and the secret
}

func parseCurl(line string) curl {
	line, note, _ := strings.Cut(line, " # ")
	c := curl{method: http.MethodGet, want: http.StatusOK}
	if name, ok := strings.CutPrefix(note, "-> "); ok {
		c.keep = strings.TrimSpace(name)
	}
	if n, err := strconv.Atoi(note); err == nil {
		c.want = n
	}
	given := ""
	args := curlArgument.FindAllString(strings.TrimPrefix(line, "curl "), -1)
	for i := range args {
		args[i] = unquoted(args[i])
	}
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "-H":
			i++
			k, v, _ := strings.Cut(args[i], ": ")
			c.header = append(c.header, k, v)
		case a == "-d":
			i++
			c.method, c.body = http.MethodPost, args[i]
			c.header = append(c.header, "Content-Type", "application/x-www-form-urlencoded")
		case a == "-X":
			i++
			given = args[i]
		case a == "-o":
			i++
			c.out = args[i]
		case a == "--data-binary":
			i++
			c.method, c.in = http.MethodPost, strings.TrimPrefix(args[i], "@")
			c.header = append(c.header, "Content-Type", "application/x-www-form-urlencoded")
		case a == "--data-urlencode":
			i++
			k, v, _ := strings.Cut(args[i], "=")
			c.path += "?" + url.Values{k: {v}}.Encode()
		case strings.HasPrefix(a, "localhost:8080"):
			c.path = strings.TrimPrefix(a, "localhost:8080") + c.path
		}
	}
	if given != "" {
		c.method = given
	}
	return c
}

// Every command of the documents works as it is written, in this order, and
// gives the status that the document says; together they call every method.
func TestDocsCurl(t *testing.T) {
	for _, file := range []string{"../../docs/api.md", "../../docs/api.ja.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		h, _ := openShops(t, false)
		known, values := strings.NewReplacer(), []string(nil)
		commands, files := 0, map[string]string{"old-orders.csv": oldOrders, "statement.csv": statement}
		for line := range strings.Lines(string(text)) {
			if !strings.HasPrefix(line, "curl ") {
				continue
			}
			commands++
			c := parseCurl(known.Replace(strings.TrimSpace(line)))
			if c.in != "" {
				c.body = files[c.in]
			}
			code, body, _ := h.do(t, c.method, c.path, c.body, c.header...)
			if c.out != "" {
				files[c.out], files["issued.csv"] = body, issued(t, body)
			}
			if code != c.want {
				t.Errorf("%s: %s: %d %s", file, line, code, body)
			}
			if c.keep != "" {
				var p struct{ Name, ClientSecret string }
				if err := json.Unmarshal([]byte(body), &p); err != nil || p.Name == "" {
					t.Fatalf("%s: %s", line, body)
				}
				if p.ClientSecret != "" {
					values = append([]string{"$PAYMENT", p.Name, "$SECRET", p.ClientSecret}, values...) // the latest counts
				} else {
					values = append([]string{"$" + c.keep, p.Name}, values...)
				}
				known = strings.NewReplacer(values...)
			}
		}
		for line := range strings.Lines(h.log.String()) {
			_, method, _ := strings.Cut(line, "method=")
			method, _, _ = strings.Cut(method, " ")
			seen[method[strings.LastIndexByte(method, '/')+1:]] = true
		}
		for _, m := range apitest.Methods() {
			if !seen[string(m.Name())] {
				t.Errorf("%s never calls %s", file, m.Name())
			}
		}
		if commands < 15 {
			t.Errorf("%s: only %d commands found", file, commands)
		}
	}
}
