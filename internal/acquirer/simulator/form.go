package simulator

import "strings"

// form is the request's body: wire name to value. Names are case-sensitive
// lower snake (protocol 2); unknown ones are simply never asked for.
type form map[string]string

// parseForm reads application/x-www-form-urlencoded as a servlet does: it
// never fails, the first of several equal names counts, and a broken percent
// escape stays as it is, so that the character checks refuse it.
func parseForm(body string) form {
	f := form{}
	for body != "" {
		var pair string
		pair, body, _ = strings.Cut(body, "&")
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name = unescape(name)
		if _, seen := f[name]; !seen {
			f[name] = unescape(value)
		}
	}
	return f
}

func unescape(s string) string {
	if !strings.ContainsAny(s, "%+") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			out = append(out, ' ')
		case s[i] == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0:
			out = append(out, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
		default:
			out = append(out, s[i])
		}
	}
	return string(out)
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
