package webcollect_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/acquirer/webcollect"
	"kessai.dev/kessai/internal/shop"
)

// noon keeps the tests out of the provider's night.
func noon() time.Time { return time.Date(2026, 4, 1, 12, 0, 0, 0, shop.Tokyo) }

// connect opens a connector towards a gateway's root address.
func connect(t *testing.T, root string, o webcollect.Options) *webcollect.Connector {
	t.Helper()
	o.TestBase, o.ProductionBase, o.Clock = root+"/test_gateway", root+"/api", noon
	c, err := webcollect.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// silent is a connector towards a gateway that reads a request and never answers.
func silent(t *testing.T, reached func()) acquirer.Acquirer {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			t.Error(err)
		}
		reached()
		<-r.Context().Done() // until the caller hangs up
	}))
	t.Cleanup(server.Close)
	return connect(t, server.URL, webcollect.Options{})
}
