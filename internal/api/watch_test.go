package api_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/gen/kessai/payment/v1/paymentv1connect"
)

// lines reads a stream to its end and tells of each line as it comes.
func lines(r io.Reader, each func(n int)) string {
	var all strings.Builder
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		all.WriteString(s.Text() + "\n")
		each(n)
	}
	return all.String()
}

// A watch sends the payment now and after every change, by every protocol that
// streams, and ends when it can change no more (promise 1).
func TestWatch(t *testing.T) {
	for _, name := range []string{"grpc", "grpc on the HTTP door", "connect", "grpc-web", "rest"} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			p := h.create(t, "1396", "")
			confirm := func() {
				h.do(t, "POST", "/v1/"+p.GetName()+":confirm", `{"cardToken":"`+approved+`"}`, "Idempotency-Key", "x")
			}
			states := watch(t, h, name, p.GetName(), confirm)
			if len(states) < 2 || states[0] != "STATE_PENDING" || states[len(states)-1] != "STATE_AUTHORIZED" {
				t.Errorf("states %v", states)
			}
		})
	}
}

// watch collects states; after the first one it calls change.
func watch(t *testing.T, h *house, protocol, name string, change func()) (states []string) {
	t.Helper()
	note := func(p *paymentv1.Payment) {
		states = append(states, p.GetState().String())
		if len(states) == 1 {
			change()
		}
	}
	request := &paymentv1.WatchPaymentRequest{Name: name}
	switch protocol {
	case "rest":
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.URL+"/v1/"+name+":watch", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+h.Key)
		w, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = w.Body.Close() }()
		if got := w.Header.Get("Content-Type"); got != "application/x-ndjson" {
			t.Errorf("content type %q", got)
		}
		s := bufio.NewScanner(w.Body)
		for s.Scan() {
			line := s.Text()
			if !strings.HasPrefix(line, `{"result":{"name":"`+name) {
				t.Errorf("line %s", line)
			}
			_, state, _ := strings.Cut(line, `"state":"`)
			state, _, _ = strings.Cut(state, `"`)
			note(&paymentv1.Payment{State: paymentv1.Payment_State(paymentv1.Payment_State_value[state])})
		}
	case "grpc", "grpc on the HTTP door":
		addr := h.GRPC
		if protocol != "grpc" {
			addr = strings.TrimPrefix(h.URL, "http://")
		}
		conn, err := grpc.NewClient("passthrough:///"+addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
		st, err := paymentv1.NewPaymentServiceClient(conn).WatchPayment(metadata.AppendToOutgoingContext(t.Context(), "authorization", "Bearer "+h.Key), request)
		if err != nil {
			t.Fatal(err)
		}
		for {
			m, err := st.Recv()
			if err != nil {
				if err != io.EOF {
					t.Error(err)
				}
				return states
			}
			note(m.GetPayment())
		}
	default:
		var options []connecthttp.Option
		if protocol == "grpc-web" {
			options = append(options, connecthttp.WithGRPCWeb())
		}
		client := paymentv1connect.NewPaymentServiceClient(connect.NewClient(connecthttp.NewTransport(http.DefaultClient, h.URL, options...)))
		ctx, info := connect.NewClientContext(context.WithoutCancel(t.Context()))
		info.RequestHeader().Set("Authorization", "Bearer "+h.Key)
		st, err := client.WatchPayment(ctx, request)
		if err != nil {
			t.Fatal(err)
		}
		for {
			m, err := st.Receive()
			if err != nil {
				if err != io.EOF && !strings.Contains(err.Error(), "EOF") {
					t.Error(err)
				}
				return states
			}
			note(m.GetPayment())
		}
	}
	return states
}
