package load

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// Door is a way of speaking to the product over HTTP/1.1.
type Door struct {
	Name    string
	path    string
	content string
	write   func(proto.Message) ([]byte, error)
	read    func([]byte) (*paymentv1.Payment, error)
}

// Doors are the HTTP ones: Connect with protobuf, Connect with JSON, and REST.
func Doors() []Door {
	const procedure = "/kessai.payment.v1.PaymentService/CreatePayment"
	return []Door{
		{"Connect, protobuf, HTTP/1.1", procedure, "application/proto", proto.Marshal, answer(proto.Unmarshal)},
		{"Connect, JSON, HTTP/1.1", procedure, "application/json", protojson.Marshal, answer(protojson.Unmarshal)},
		{"REST, JSON, HTTP/1.1", "/v1/payments", "application/json", protojson.Marshal, bare},
	}
}

func answer(decode func([]byte, proto.Message) error) func([]byte) (*paymentv1.Payment, error) {
	return func(b []byte) (*paymentv1.Payment, error) {
		var out paymentv1.CreatePaymentResponse
		err := decode(b, &out)
		return out.GetPayment(), err
	}
}

// bare reads REST's answer, which is the payment itself.
func bare(b []byte) (*paymentv1.Payment, error) {
	var p paymentv1.Payment
	return &p, protojson.Unmarshal(b, &p)
}

// Create gives a Call that creates a new payment each time through the door of
// the server at addr, on as many kept connections as there are callers.
func (d Door) Create(addr string, callers int) Call {
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: callers, DisableCompression: true}}
	run := rand.Text()
	return func(ctx context.Context, caller, n int) error {
		body, err := d.write(Numbered(Sample(), run, caller, n))
		if err != nil {
			return err
		}
		b, err := d.post(ctx, client, addr, body)
		if err != nil {
			return err
		}
		p, err := d.read(b)
		if err != nil {
			return err
		}
		return Taken(p)
	}
}

func (d Door) post(ctx context.Context, client *http.Client, addr string, body []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr+d.path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", d.content)
	r.Header.Set("Authorization", DemoKey)
	if d.path != "/v1/payments" {
		r.Header.Set("Connect-Protocol-Version", "1")
	}
	res, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", d.Name, res.Status, b)
	}
	return b, err
}
