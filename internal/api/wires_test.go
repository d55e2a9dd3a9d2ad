package api_test

import (
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"kessai.dev/kessai/internal/api/apitest"
)

// overEveryWire makes a call over every wire that takes a body, and hands each answer to
// check as JSON.
func overEveryWire(t *testing.T, target apitest.Target, method string, request proto.Message, check func(wire, body string)) {
	t.Helper()
	for _, p := range apitest.Protocols(t, target) {
		if p.Name == "connect get" {
			continue
		}
		got, err := p.Call(t.Context(), method, request, nil)
		if err != nil || got.Message == nil {
			t.Fatalf("%s: %v %+v", p.Name, err, got)
		}
		raw, err := protojson.Marshal(got.Message)
		if err != nil {
			t.Fatal(err)
		}
		check(p.Name, string(raw))
	}
}
