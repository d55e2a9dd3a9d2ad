package simulator

import (
	"bytes"
	"encoding/xml"
	"time"
)

// field is one element of an answer; with children it is a group.
type field struct {
	name     string
	value    string
	children []field
}

// answerXML writes an answer as protocol 3.1 has it: root <return>, then
// returnCode, errorCode and returnDate always, on one line. The caller leaves
// out what does not apply: an empty element is not the same as none (3.2,
// trap 1).
func answerXML(now time.Time, r result) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	b.WriteString("<return>")
	code := "0"
	if r.code != "" {
		code = "1"
	}
	element(&b, field{name: "returnCode", value: code})
	element(&b, field{name: "errorCode", value: r.code})
	element(&b, field{name: "returnDate", value: now.Format(stamp14)})
	for _, f := range r.fields {
		element(&b, f)
	}
	if r.credit != "" {
		element(&b, field{name: "creditErrorCode", value: r.credit})
	}
	b.WriteString("</return>\n")
	return b.Bytes()
}

func element(b *bytes.Buffer, f field) {
	b.WriteString("<" + f.name + ">")
	for _, c := range f.children {
		element(b, c)
	}
	// A bytes.Buffer never fails to write.
	_ = xml.EscapeText(b, []byte(f.value))
	b.WriteString("</" + f.name + ">")
}
