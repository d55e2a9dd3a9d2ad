package webcollect

import (
	"net/url"
	"strings"

	"kessai.dev/kessai/internal/acquirer"
)

// function is one call of the protocol: its function_div and the last part of
// its address (protocol 1).
type function struct{ div, path string }

// The functions that are called.
var (
	creditStored   = function{"A01", "credit"}
	infoGet        = function{"A03", "creditInfoGet"}
	infoUpdate     = function{"A04", "creditInfoUpdate"}
	infoDelete     = function{"A05", "creditInfoDelete"}
	creditToken    = function{"A08", "creditToken"}
	creditToken3D  = function{"A09", "creditToken3D"}
	creditCancel   = function{"A06", "creditCancel"}
	changePrice    = function{"A07", "creditChangePrice"}
	reAuth         = function{"A11", "reAuth"}
	shipmentEntry  = function{"E01", "shipmentEntry"}
	shipmentCancel = function{"E02", "shipmentCancel"}
	changeDate     = function{"E03", "changeDate"}
	tradeInfo      = function{"E04", "tradeInfo"}
	traderIP       = function{"H01", "traderIp"}
)

// authorizes reports whether a no of the function is a no to a payment.
func (f function) authorizes() bool {
	return f == creditStored || f == creditToken || f == creditToken3D
}

// form is a body: names and values in the order in which they are sent. The
// provider does not mind the order; we keep to that of its documents.
type form []field

type field struct{ name, value string }

// opening is what every body begins with.
func opening(m acquirer.Merchant, f function) form {
	return form{{"function_div", f.div}, {"trader_code", m.TraderCode}}
}

// about is the body of a call about a trade.
func about(m acquirer.Merchant, f function, acceptance string, rest ...field) form {
	return append(append(opening(m, f), field{"order_no", acceptance}), rest...)
}

func (f *form) add(name, value string) { *f = append(*f, field{name, value}) }

// addIf leaves an empty optional field out.
func (f *form) addIf(name, value string) {
	if value != "" {
		f.add(name, value)
	}
}

// encode gives the body: application/x-www-form-urlencoded, UTF-8 but for what
// a browser brought back, which keeps its bytes.
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
