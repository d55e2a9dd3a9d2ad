// Package apitest calls a running door by every protocol it speaks, with one
// form of question and answer, so that a test can be one table. It is used by
// the tests of api with a stand-in behind the door, and by the tests of the
// server with everything behind it.
package apitest

import (
	"context"
	"net/http"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Target is a door to call.
type Target struct {
	URL  string // of the HTTP door: "http://127.0.0.1:8080"
	GRPC string // of the gRPC door: "127.0.0.1:9090"
	Key  string // sent as Authorization: Bearer; empty: none
}

// Answer is what came back, the same for every protocol.
type Answer struct {
	Message proto.Message // the response; nil after an error
	Code    string        // canonical code: "OK", "INVALID_ARGUMENT" …
	Text    string
	Reason  string            // of the ErrorInfo
	Domain  string            // of the ErrorInfo
	Facts   map[string]string // the ErrorInfo's metadata
	Fields  []string          // paths of the field violations
	Retry   int               // seconds of the RetryInfo; 0: none
	Local   string            // the LocalizedMessage
	HTTP    int               // status; 0 when the protocol has none
	Header  http.Header
}

// Protocol is one way to call.
type Protocol struct {
	Name string
	Call func(ctx context.Context, method string, request proto.Message, header http.Header) (Answer, error)
}

// Service is the service that most tables call.
const Service = "kessai.payment.v1.PaymentService"

// VaultService and ShopService are the others; methods are known by their bare
// names.
const (
	VaultService  = "kessai.vault.v1.VaultService"
	ShopService   = "kessai.shop.v1.ShopService"
	EventService  = "kessai.event.v1.EventService"
	LedgerService = "kessai.ledger.v1.LedgerService"
)

// Protocols connects to the target by every protocol; the connections end with
// the test. An error of Call means that the protocol itself broke.
func Protocols(t testing.TB, target Target) []Protocol {
	t.Helper()
	dial := func(addr string) *grpc.ClientConn {
		conn, err := grpc.NewClient("passthrough:///"+addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		return conn
	}
	return []Protocol{
		{"grpc", callGRPC(dial(target.GRPC), target.Key)},
		{"grpc on the HTTP door", callGRPC(dial(host(target.URL)), target.Key)},
		{"grpc-web", callWeb(target)},
		{"connect json", callConnect(target, "application/json", false)},
		{"connect binary", callConnect(target, "application/proto", false)},
		{"connect get", callConnect(target, "application/json", true)},
		{"rest", callREST(target)},
	}
}

// Serves reports whether the protocol can carry the method: Connect GET takes
// reads only.
func (p Protocol) Serves(method string) bool {
	return p.Name != "connect get" || reads(describe(method))
}

func host(url string) string { return url[len("http://"):] }

func full(method string) string {
	return "/" + string(describe(method).Parent().FullName()) + "/" + method
}

func authorize(h http.Header, key string) {
	if key != "" && h.Get("Authorization") == "" {
		h.Set("Authorization", "Bearer "+key)
	}
}

// newResponse makes an empty response of the method.
func newResponse(d protoreflect.MethodDescriptor) proto.Message {
	return messageType(d.Output()).New().Interface()
}
