package webcollect_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/acquirer/acquirertest"
	"kessai.dev/kessai/internal/acquirer/simulator"
	"kessai.dev/kessai/internal/acquirer/webcollect"
	"kessai.dev/kessai/internal/shop"
)

// The connector against the simulator, which was written by others from the
// same facts and shares no code with it, over HTTP on loopback.
func TestConformance(t *testing.T) {
	acquirertest.Run(t, func(t *testing.T) acquirertest.Bench {
		c := connect(t, provider(t), webcollect.Options{})
		return acquirertest.Bench{
			Acquirer: c, Merchant: demo, Books: true,
			Approved: "SIMAPPROVED00000", Declined: "SIMDECLINED00000", LostAnswer: "SIMLOSTANSWER000",
			NoAnswer: "SIMNOANSWER00000", HalfAdjust: "SIMHALFADJUST000", Challenge: "SIMCHALLENGE0000",
			LostCompletion: "SIMCHALLENGELOST", NoCompletion: "SIMCHALLENGEDROP",
			Browser: c, Complete: passes, CallOff: callsOff, Wallet: c, Token: script,
			Unreachable: connect(t, nobody(t), webcollect.Options{}), Silent: silent,
		}
	})
}

// demo is the simulator's first shop.
var demo = acquirer.Merchant{Environment: shop.Test, TraderCode: simulator.FirstTraderCode, AccessKey: simulator.FirstAccessKey}

// provider opens a simulator of its own and gives its root address.
func provider(t *testing.T) string {
	t.Helper()
	s, err := simulator.Open(simulator.Options{
		Path: filepath.Join(t.TempDir(), "provider.db"), Clock: noon, NoSync: true,
		Sleep: func(context.Context, time.Duration) {}, // it stalls and is slow in no time
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		server.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return server.URL
}

// nobody is a root address where nothing listens.
func nobody(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

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
