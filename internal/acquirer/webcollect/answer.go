package webcollect

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// Limits of an answer beside its length.
const (
	maxDepth    = 4 // return, resultData, and room for what we do not know
	maxElements = 8192
)

// answer is an answer of the gateway that could be read (protocol 3.1).
type answer struct {
	root       element
	returnCode string // "0", "1" or "2"
	errorCode  string
	credit     string // creditErrorCode
}

// element is one element: text or children.
type element struct {
	name     string
	text     string
	children []element
}

var (
	errForm   = errors.New("not XML of the expected form")
	errLimit  = errors.New("XML beyond the limits")
	errRoot   = errors.New("the root is not return")
	errTwice  = errors.New("an element comes twice")
	errReturn = errors.New("no return code")
)

// read reads an answer strictly: one root named return, each child once
// except records, a return code (P21, P24). What does not fit is an error,
// which never carries anything of the text.
func read(text []byte) (answer, error) {
	root, err := parse(text)
	if err != nil {
		return answer{}, err
	}
	if root.name != "return" {
		return answer{}, errRoot
	}
	if root.repeats("resultData", "cardData") {
		return answer{}, errTwice
	}
	a := answer{root: root, returnCode: root.get("returnCode"), errorCode: root.get("errorCode"), credit: root.get("creditErrorCode")}
	switch a.returnCode {
	case "0", "1", "2":
		return a, nil
	}
	return answer{}, errReturn
}

// get is the text of a child, or "": absent and empty are the same (protocol 3.2).
func (e *element) get(name string) string {
	for i := range e.children {
		if e.children[i].name == name {
			return e.children[i].text
		}
	}
	return ""
}

// all are the non-empty texts of the children of a name.
func (e *element) all(name string) []string {
	var list []string
	for i := range e.children {
		if c := &e.children[i]; c.name == name && c.text != "" {
			list = append(list, c.text)
		}
	}
	return list
}

// repeats reports whether any child but the named ones comes more than once.
func (e *element) repeats(except ...string) bool {
	seen := make(map[string]bool, len(e.children))
next:
	for i := range e.children {
		name := e.children[i].name
		for _, x := range except {
			if name == x {
				continue next
			}
		}
		if seen[name] {
			return true
		}
		seen[name] = true
	}
	return false
}

// parse reads one XML document of bounded depth and size. Document types and
// namespaces are refused: the gateway sends none.
func parse(document []byte) (element, error) {
	d := xml.NewDecoder(bytes.NewReader(document))
	var root element
	var open []element // the path to where we are
	var text [maxDepth + 1][]byte
	done, count := false, 0
	for {
		t, err := d.Token()
		switch {
		case err == io.EOF && done:
			return root, nil
		case err != nil: // the decoder's text quotes the answer: it is left out
			return element{}, errForm
		}
		switch t := t.(type) {
		case xml.Directive:
			return element{}, errForm
		case xml.StartElement:
			count++
			switch {
			case done || t.Name.Space != "":
				return element{}, errForm
			case count > maxElements || len(open) == maxDepth:
				return element{}, errLimit
			}
			open = append(open, element{name: t.Name.Local})
			text[len(open)] = nil
		case xml.CharData:
			if len(open) > 0 {
				text[len(open)] = append(text[len(open)], t...)
			} else if len(bytes.TrimSpace(t)) > 0 {
				return element{}, errForm
			}
		case xml.EndElement:
			e := open[len(open)-1]
			e.text = string(bytes.TrimSpace(text[len(open)]))
			open = open[:len(open)-1]
			if len(e.children) > 0 && e.text != "" {
				return element{}, errForm
			}
			if len(open) == 0 {
				root, done = e, true
			} else {
				above := &open[len(open)-1]
				above.children = append(above.children, e)
			}
		}
	}
}
