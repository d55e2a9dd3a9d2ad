package api_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
)

// R23: the steps come one by one, over gRPC as over REST, to operators only; the
// form is checked at the door.
func TestConnectionSteps(t *testing.T) {
	h, _ := openShops(t, false)
	want := []string{"settings", "payment_method", "environment", "purchase", "inquiry", "capture", "adjust", "cancel"}
	var names []string
	for _, addr := range []string{h.GRPC, strings.TrimPrefix(h.URL, "http://")} {
		conn, err := grpc.NewClient("passthrough:///"+addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		st, err := shopv1.NewShopServiceClient(conn).RunConnectionTest(metadata.AppendToOutgoingContext(t.Context(), "authorization", "Bearer "+demoKey, "idempotency-key", addr), &shopv1.RunConnectionTestRequest{})
		if err != nil {
			t.Fatal(err)
		}
		names = nil
		for {
			m, err := st.Recv()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, m.GetStep().GetName())
			if last := len(names) == len(want); m.GetFinished() != last || m.GetPassed() != last || m.GetStep().GetResult() != "passed" {
				t.Errorf("%v", m)
			}
		}
		if !slices.Equal(names, want) {
			t.Errorf("%v", names)
		}
	}
	code, body, _ := h.do(t, "POST", "/v1/connectionTests", `{}`, "Authorization", "Bearer "+demoKey, "Idempotency-Key", "rest")
	if lines := strings.Split(strings.TrimSpace(body), "\n"); code != http.StatusOK || len(lines) != len(want) || !strings.Contains(lines[len(lines)-1], `"finished":true,"passed":true`) || !strings.Contains(body, `"titleJa":"売上確定"`) {
		t.Errorf("%d %s", code, body)
	}
	for _, c := range []struct{ key, idempotency, body, want string }{
		{shopKey, "a", `{}`, "SCOPE_MISSING"},
		{parcelKey, "a", `{}`, "SCOPE_MISSING"},
		{demoKey, "", `{}`, "IDEMPOTENCY_KEY_MISSING"},
		{demoKey, "rest", `{"cardTokens":["SIMAPPROVED00001"]}`, "IDEMPOTENCY_KEY_REUSED"},
		{demoKey, "b", `{"cardTokens":["SIMAPPROVED00000","short"]}`, "card_tokens[1]"},
		{demoKey, "c", `{"production":true}`, "card_tokens"},
		{demoKey, "d", fmt.Sprintf(`{"cardTokens":[%s"SIMAPPROVED00000"]}`, strings.Repeat(`"SIMAPPROVED00000",`, 10)), "at most 10"},
	} {
		_, body, _ := h.do(t, "POST", "/v1/connectionTests", c.body, "Authorization", "Bearer "+c.key, "Idempotency-Key", c.idempotency)
		if !strings.Contains(body, c.want) {
			t.Errorf("%s %s: %s", c.key, c.body, body)
		}
	}
}
