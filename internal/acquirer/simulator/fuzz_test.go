package simulator

import (
	"encoding/xml"
	"maps"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// The form parser never fails, agrees with the standard library wherever that
// one is content, and the first of equal names counts.
func FuzzForm(f *testing.F) {
	for _, seed := range []string{
		"", "a=1&b=2", "a=1&a=2", "a", "=", "&&", "a=%E5%B1%B1+x", "a=%zz", "a=%", "a=%4", "a=1;b=2", "%61=1", "a=b=c", "a=%00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		got := parseForm(body)
		want, err := url.ParseQuery(body)
		if err != nil {
			return
		}
		first := form{}
		for k, v := range want {
			first[k] = v[0]
		}
		if !maps.Equal(got, first) {
			t.Fatalf("%q: %v, want %v", body, got, first)
		}
	})
}

// Whatever is posted to whatever function, the answer is well-formed XML with
// a return code (P21 seen from the other side), or the connection is closed.
func FuzzGateway(f *testing.F) {
	for div := range pathOf {
		f.Add(pathOf[div], base(div).Encode())
	}
	f.Add("creditToken", "function_div=A08&trader_code=888889999&order_no=<>&buyer_name_kanji=%ff")
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, path, body string) {
		a := w.serve(&call{s: w.Simulator, path: path, post: true, host: "h", address: "127.0.0.1", form: parseForm(body)})
		var r reading
		if err := xml.Unmarshal(a.xml, &r); err != nil {
			t.Fatalf("%s %q: %v\n%s", path, body, err, a.xml)
		}
		if (r.ReturnCode == "1") != (r.ErrorCode != "") || !utf8.Valid(a.xml) {
			t.Fatalf("%s %q: %s", path, body, a.xml)
		}
	})
}

// P94: what the provider's old systems can write, and what they cannot.
func TestWritable(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "山田　花子": true, "ABC abc 123!?\\~": true, "ﾔﾏﾀﾞ": true, "1L×6": true, "§°": true,
		"①": false, "髙": false, "﨑": false, "㈱": false, "𠮷": false, "～": false, "〜": false, "－": false, "―": false,
		"∥": false, "￠": false, "é": false, "\n": false, "\t": false, "\u00a0": false, "\xff": false, "😀": false, "\ue000": false,
	} {
		if got := writable(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	for _, c := range []struct {
		text string
		long bool
	}{
		{strings.Repeat("あ", 20), false},
		{strings.Repeat("あ", 21), true},
		{long(40), false},
		{long(41), true},
		{strings.Repeat("あ", 19) + "ab", false},
		{strings.Repeat("あ", 19) + "abc", true},
		{strings.Repeat("ｱ", 20), false},
		{strings.Repeat("ｱ", 21), true},
	} {
		if got := longerThan(c.text, 40, 60); got != c.long {
			t.Errorf("%q: %v", c.text, got)
		}
	}
	for name, want := range map[string]string{"山田花子": "山＊＊", "": "＊", "\xff": "＊"} {
		if got := masked(name); got != want {
			t.Errorf("%q: %s", name, got)
		}
	}
}
