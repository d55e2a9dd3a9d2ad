package webcollect

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

// testVisa is a number that a card of the brand VISA might have: made here, with a
// right check digit, and nobody's.
var testVisa = "4" + strings.Repeat("0", 14) + "2"

// P45, P46: result and amount are read, all else is kept as it came.
func TestReadReturn(t *testing.T) {
	form := back()
	form["ITEM_TAX"] = []string{"300"}
	form["UTM"] = []string{"dropped"}
	ret, err := new(Connector).ReadReturn(form)
	if err != nil || ret.Result != "0000" || ret.Amount != 3300 || strings.Contains(string(ret.Values), "utm") {
		t.Fatalf("%+v, %v", ret, err)
	}
	var kept map[string][]byte
	if err := json.Unmarshal(ret.Values, &kept); err != nil || len(kept) != 16 {
		t.Fatalf("%d fields, %v", len(kept), err)
	}
	for _, f := range returned {
		if got := string(kept[f.sent]); got != form[f.posted][0] {
			t.Errorf("%s: %q, want %q", f.sent, got, form[f.posted][0])
		}
	}
}

// P46, R02: what cannot be a genuine form is refused, and the refusal repeats
// nothing of it.
func TestReadReturnRefuses(t *testing.T) {
	change := func(name string, values ...string) map[string][]string {
		form := maps.Clone(back())
		if form[name] = values; values == nil {
			delete(form, name)
		}
		return form
	}
	bad := map[string]map[string][]string{
		"nothing": nil, "empty": {}, "twice": change("RES_CODE", "0000", "0000"), "unknown twice": change("X", "a", "b"), "no values": change("X", []string{}...),
		"listed without a value": {"RES_CODE": {}},
		"long":                   change("3D_INF", strings.Repeat("a", maxForm)), "a long name": change(strings.Repeat("a", maxForm), "a"), "long, unknown": change("X", strings.Repeat("a", maxForm)),
		"a card number": change("CARD_NO", testVisa), "in the token": change("TOKEN", testVisa), "elsewhere": change("X", testVisa), "as a name": change(testVisa, "x"),
		"in groups": change("3D_INF", testVisa[:4]+" "+testVisa[4:8]+" "+testVisa[8:12]+" "+testVisa[12:]), "with blanks": change("3D_INF", " "+testVisa+"\n"), "full-width": change("3D_INF", strings.Map(func(r rune) rune { return r - '0' + '０' }, testVisa)),
		"full-width, Windows-31J": change("3D_INF", sjisDigits(testVisa)),
		"result of letters":       change("RES_CODE", "OKAY"), "short result": change("RES_CODE", "000"), "long result": change("RES_CODE", "00000"), "full-width result": change("RES_CODE", "００"),
		"no price": change("ITEM_PRICE", ""), "negative": change("ITEM_PRICE", "-3000"), "commas": change("ITEM_PRICE", "3,000"), "huge": change("ITEM_PRICE", "9999999999"), "tax of words": change("ITEM_TAX", "none"),
		"lower case": change("res_code", "0000"),
	}
	delete(bad["lower case"], "RES_CODE")
	for _, f := range returned {
		if !f.may {
			bad["without "+f.posted], bad["empty "+f.posted] = change(f.posted), change(f.posted, "")
		}
	}
	for name, form := range bad {
		if ret, err := new(Connector).ReadReturn(form); err == nil {
			t.Errorf("%s: %+v", name, ret)
		} else if strings.Contains(err.Error(), "000") {
			t.Errorf("%s: %v repeats it", name, err)
		}
	}
	for _, fine := range []map[string][]string{change("RES_VE"), change("RES_PA"), change("3D_INF"), change("RES_VE", ""), change("ITEM_PRICE", "1"), change("CARD_NO", ""), change("3D_TRAN_ID", "12345678901234567890")} {
		if _, err := new(Connector).ReadReturn(fine); err != nil {
			t.Errorf("%v: %v", fine, err)
		}
	}
}

// sjisDigits are full-width digits as an old gateway's page posts them.
func sjisDigits(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteString("\x82")
		b.WriteByte(0x4f + c - '0')
	}
	return b.String()
}

// P46: values of any bytes reach the wire as they came.
func TestReturnKeepsBytes(t *testing.T) {
	value := rapid.Map(rapid.SliceOfN(rapid.Byte(), 1, 80), func(b []byte) string { return string(b) })
	rapid.Check(t, func(t *rapid.T) {
		form := back()
		for _, f := range returned {
			switch f.posted {
			case "RES_CODE", "ITEM_PRICE", "ITEM_TAX":
			default:
				form[f.posted][0] = value.Draw(t, f.posted)
			}
		}
		ret, err := new(Connector).ReadReturn(form)
		if err != nil {
			t.Fatal(err) // 80 bytes by chance are no card number
		}
		w := wish(payment.OpAuthenticate, "A1")
		w.Authentication = &acquirer.Authentication{Token: threeDToken, Values: ret.Values}
		sent, err := authentication(merchant, w)
		if err != nil {
			t.Fatal(err)
		}
		wire, err := url.ParseQuery(sent.encode())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range returned {
			if got := wire.Get(f.sent); got != form[f.posted][0] {
				t.Fatalf("%s: %q became %q", f.posted, form[f.posted][0], got)
			}
		}
	})
}

// P46: whatever a browser posts, what is accepted is bounded, keeps every byte
// from the form to the wire, and nothing panics.
func FuzzReadReturn(f *testing.F) {
	f.Add(url.Values(back()).Encode())
	f.Add("COMP_CD=1&TOKEN=%8a%bf&CARD_EXP=1230&ITEM_PRICE=1&ITEM_TAX=0&CUST_CD=1&SHOP_ID=1&TERM_CD=1&CRD_RES_CD=%00&RES_CODE=0002&3D_TRAN_ID=%ff%fe&SEND_DT=1&HASH_VALUE=+")
	f.Add("RES_CODE=0000&RES_CODE=0000")
	f.Add("CARD_NO=" + testVisa)
	f.Fuzz(func(t *testing.T, body string) {
		form, err := url.ParseQuery(body)
		if err != nil {
			return
		}
		ret, err := new(Connector).ReadReturn(form)
		if err != nil {
			return
		}
		if len(ret.Values) > 2*maxForm || ret.Amount < 0 || len(ret.Result) != 4 {
			t.Fatalf("%d bytes, %+v", len(ret.Values), ret)
		}
		w := wish(payment.OpAuthenticate, "A1")
		w.Authentication = &acquirer.Authentication{Token: threeDToken, Values: ret.Values}
		sent, err := authentication(merchant, w)
		if err != nil {
			t.Fatal(err)
		}
		wire, err := url.ParseQuery(sent.encode())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range returned {
			want := form[r.posted]
			if r.posted == "TOKEN" && (len(want) == 0 || want[0] == "") {
				want = form["CARD_NO"]
			}
			if fmt.Sprint(wire[r.sent]) != fmt.Sprint(want) {
				t.Fatalf("%s: %q became %q", r.posted, want, wire[r.sent])
			}
		}
	})
}
