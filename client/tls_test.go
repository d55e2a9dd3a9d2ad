package client_test

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"

	"kessai.dev/kessai/client"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// R09: TLS 1.2 or newer, with roots that are trusted, or nothing is sent.
func TestTLS(t *testing.T) {
	web := httptest.NewTLSServer(nil) // for its certificate
	defer web.Close()
	b := &books{byKey: map[string]*paymentv1.Payment{}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer(grpc.Creds(credentials.NewTLS(&tls.Config{
		Certificates: web.TLS.Certificates, MinVersion: tls.VersionTLS10,
	})))
	paymentv1.RegisterPaymentServiceServer(server, b)
	go func() { _ = server.Serve(listener) }()
	defer server.Stop()

	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	for _, tc := range []struct {
		name   string
		config *tls.Config
		works  bool
	}{
		{"trusted", &tls.Config{RootCAs: roots}, true},
		{"TLS 1.2", &tls.Config{RootCAs: roots, MaxVersion: tls.VersionTLS12}, true},
		{"TLS 1.1", &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, false},
		{"unknown roots", nil, false},
		{"another name", &tls.Config{RootCAs: roots, ServerName: "pay.example.jp"}, false},
	} {
		b.bearers = nil
		c, err := client.New(listener.Addr().String(), "sk_test_demo", client.WithTLS(tc.config), client.WithTries(1))
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.CreatePayment(t.Context(), order(tc.name))
		if (err == nil) != tc.works || (len(b.bearers) == 1) != tc.works {
			t.Errorf("%s: %v, the key arrived %d times", tc.name, err, len(b.bearers))
		}
		_ = c.Close()
	}
}
