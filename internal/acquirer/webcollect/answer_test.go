package webcollect

import (
	"strings"
	"testing"
)

const head = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

var unreadable = map[string]string{
	"empty":              "",
	"blank":              " \n",
	"html":               "<html><body><h1>502 Bad Gateway</h1></body></html>", // P20
	"html5":              "<!DOCTYPE html><html><br></html>",
	"text":               "returnCode=0",
	"truncated":          head + "<return><returnCode>0</returnCode><errorCode>", // P21
	"cut tag":            head + "<return><returnCode>0</retur",
	"wrong root":         "<result><returnCode>0</returnCode></result>",
	"namespace":          `<return xmlns="urn:x"><returnCode>0</returnCode></return>`,
	"no code":            "<return><errorCode></errorCode></return>",
	"empty code":         "<return><returnCode></returnCode></return>",
	"code 3":             "<return><returnCode>3</returnCode></return>",
	"code 00":            "<return><returnCode>00</returnCode></return>",
	"code nested":        "<return><returnCode><x>0</x></returnCode></return>",
	"code deeper":        "<return><x><returnCode>0</returnCode></x></return>",
	"code twice":         "<return><returnCode>0</returnCode><returnCode>0</returnCode></return>",
	"error twice":        "<return><returnCode>1</returnCode><errorCode>A082000010</errorCode><errorCode>A082000004</errorCode></return>",
	"approval twice":     "<return><returnCode>0</returnCode><crdCResCd>1</crdCResCd><crdCResCd>2</crdCResCd></return>",
	"two roots":          "<return><returnCode>0</returnCode></return><return><returnCode>1</returnCode></return>",
	"text after":         "<return><returnCode>0</returnCode></return>x",
	"text before":        "x<return><returnCode>0</returnCode></return>",
	"text beside":        "<return>x<returnCode>0</returnCode></return>",
	"entity":             "<return><returnCode>&zero;</returnCode></return>",
	"doctype":            `<!DOCTYPE return [<!ENTITY zero "0">]><return><returnCode>0</returnCode></return>`,
	"other encoding":     `<?xml version="1.0" encoding="Shift_JIS"?><return><returnCode>0</returnCode></return>`,
	"not UTF-8":          "<return><returnCode>0</returnCode><x>\xff</x></return>",
	"too deep":           "<return>" + strings.Repeat("<a>", 8) + strings.Repeat("</a>", 8) + "<returnCode>0</returnCode></return>",
	"too many":           "<return><returnCode>0</returnCode>" + strings.Repeat("<resultData/>", maxElements) + "</return>",
	"unclosed then html": "<return><returnCode>0</returnCode><html></return>",
}

// P20, P21, P24: what is not an answer of the gateway is unreadable.
func TestReadRefuses(t *testing.T) {
	for name, text := range unreadable {
		if a, err := read([]byte(text)); err == nil {
			t.Errorf("%s: read as return code %q", name, a.returnCode)
		} else if strings.Contains(err.Error(), "html") || strings.Contains(err.Error(), "Gateway") {
			t.Errorf("%s: the error quotes the answer: %v", name, err)
		}
	}
}

// The forms that the gateway's answers are known to take, with or without
// white space, comments, unknown elements and empty ones (protocol 3).
func TestReadAccepts(t *testing.T) {
	texts := []string{
		head + "<return><returnCode>0</returnCode><errorCode></errorCode><returnDate>20240401120000</returnDate><crdCResCd>1234567</crdCResCd></return>",
		"\n<return>\n  <returnCode> 0 </returnCode>\n  <errorCode/>\n  <new><x>1</x></new>\n  <crdCResCd>1234567</crdCResCd>\n  <creditErrorCode></creditErrorCode>\n</return>\n<!-- -->\n",
		"<return><crdCResCd><![CDATA[1234567]]></crdCResCd><returnCode>0</returnCode></return>",
	}
	for _, text := range texts {
		a, err := read([]byte(text))
		if err != nil || a.returnCode != "0" || a.errorCode != "" || a.credit != "" || a.root.get("crdCResCd") != "1234567" {
			t.Errorf("%s: %+v, %v", text, a, err)
		}
	}
}

// P21: the reader never panics, and what it accepts has one return code.
func FuzzRead(f *testing.F) {
	for _, text := range unreadable {
		f.Add([]byte(text))
	}
	f.Add([]byte("<return><returnCode>0</returnCode><resultCount>1</resultCount><resultData><orderNo>A</orderNo><settlePrice>1</settlePrice><statusInfo>4</statusInfo><slipNo>1</slipNo><slipNo>2</slipNo></resultData></return>"))
	f.Add([]byte("<return><returnCode>1</returnCode><errorCode>A082000010</errorCode><creditErrorCode>G12</creditErrorCode></return>"))
	c := new(Connector)
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := read(text)
		if err != nil {
			return
		}
		if n := strings.Count(string(text), "returnCode"); n < 1 {
			t.Fatalf("accepted without a return code: %q", text)
		}
		if trade, ok := found(a, "A"); ok && trade.Standing == 0 && trade.Amount < 0 {
			t.Fatalf("%+v", trade)
		}
		if a.errorCode == "A070000000" || a.errorCode == "A110000000" {
			return // asks the clock
		}
		for _, fn := range called {
			fact, err := c.judge(fn, a, yes)
			if err == nil && (fact.Outcome == 1) != (a.returnCode == "0") {
				t.Fatalf("%q gave %+v", text, fact)
			}
		}
	})
}
