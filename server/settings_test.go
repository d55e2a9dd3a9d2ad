package main

import (
	"testing"

	"kessai.dev/kessai/internal/shop"
)

// R20: a description is HTML, with everything dangerous taken out.
func TestDescriptionIsSanitised(t *testing.T) {
	for in, want := range map[string]string{
		`<b>1回払い</b><br>まで`:                           `<b>1回払い</b><br>まで`,
		`<script>alert(1)</script>安全`:                 `安全`,
		`<img src=x onerror=alert(1)>`:                ``,
		`<a href="javascript:alert(1)">x</a>`:         `x`,
		`<a href="https://a.example" onclick=x>x</a>`: `<a href="https://a.example" rel="noreferrer noopener" target="_blank">x</a>`,
		`<p style="position:fixed">x</p>`:             `<p>x</p>`,
	} {
		f := settingsFile{Methods: []methodFile{{ID: "a", Name: "a", Description: in, Kind: shop.KindCard}}}
		if got := f.settings().Methods[0].Description; got != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
}
