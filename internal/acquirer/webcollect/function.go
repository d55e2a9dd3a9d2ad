package webcollect

import (
	"net/url"
	"strings"
)

// function is one call of the protocol: its function_div and the last part of
// its address (protocol 1).
type function struct{ div, path string }

// The functions that are called.
var (
	creditToken    = function{"A08", "creditToken"}
	creditCancel   = function{"A06", "creditCancel"}
	changePrice    = function{"A07", "creditChangePrice"}
	reAuth         = function{"A11", "reAuth"}
	shipmentEntry  = function{"E01", "shipmentEntry"}
	shipmentCancel = function{"E02", "shipmentCancel"}
	changeDate     = function{"E03", "changeDate"}
	tradeInfo      = function{"E04", "tradeInfo"}
	traderIP       = function{"H01", "traderIp"}
)

// form is a body: names and values in the order in which they are sent. The
// provider does not mind the order; we keep to that of its documents.
type form []field

type field struct{ name, value string }

// add appends a field; an empty value of an optional field is left out.
func (f *form) add(name, value string) { *f = append(*f, field{name, value}) }

func (f *form) addIf(name, value string) {
	if value != "" {
		f.add(name, value)
	}
}

// encode gives the body: application/x-www-form-urlencoded, UTF-8.
func (f form) encode() string {
	var b strings.Builder
	for i, p := range f {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(p.name)
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(p.value))
	}
	return b.String()
}
