package webcollect

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

var noon = time.Date(2026, 4, 1, 12, 0, 0, 0, shop.Tokyo)

func clock() time.Time { return noon }

var merchant = acquirer.Merchant{Environment: shop.Test, TraderCode: "888889999", AccessKey: "1111111"}

const secretToken = "0123456789ABCDEF"

func authorize(number string) acquirer.Wish {
	return acquirer.Wish{
		Operation: payment.OpAuthorize, Acceptance: number, Amount: 3000,
		Authorization: &acquirer.Authorization{
			Token: secretToken, Installments: 1, Device: "pc", Brand: card.BrandVisa,
			Buyer: payment.Buyer{Name: "黒猫　太郎", Phone: "03-1234-5678", Email: "taro@example.test"},
			Goods: "りんごジュース 1L×6",
		},
	}
}

func adjust(number string) acquirer.Wish {
	return acquirer.Wish{Operation: payment.OpAdjust, Acceptance: number, Amount: 2500}
}

func wish(op payment.Operation, number string) acquirer.Wish {
	return acquirer.Wish{Operation: op, Acceptance: number}
}

// connector talks to a handler that stands in for the gateway.
func connector(t *testing.T, h http.HandlerFunc) *Connector {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return dialing(t, Options{TestBase: server.URL + "/test_gateway", ProductionBase: server.URL + "/api"})
}

func dialing(t *testing.T, o Options) *Connector {
	t.Helper()
	if o.Clock == nil {
		o.Clock = clock
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// saying answers every call with the same XML inside the root.
func saying(t *testing.T, inner string) *Connector {
	t.Helper()
	return connector(t, func(w http.ResponseWriter, r *http.Request) { say(w, r, inner) })
}

func say(w http.ResponseWriter, r *http.Request, inner string) {
	_, _ = io.Copy(io.Discard, r.Body) // a test's server: what matters is the answer
	w.Header().Set("Content-Type", "text/xml; charset=UTF-8")
	_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><return>`+inner+`</return>`)
}

const (
	good     = "<returnCode>0</returnCode><errorCode></errorCode><returnDate>20260401120000</returnDate>"
	approved = good + "<crdCResCd>1234567</crdCResCd>"
)

func failing(code, credit string) string {
	s := "<returnCode>1</returnCode><errorCode>" + code + "</errorCode><returnDate>20260401120000</returnDate>"
	if credit != "" {
		s += "<creditErrorCode>" + credit + "</creditErrorCode>"
	}
	return s
}
