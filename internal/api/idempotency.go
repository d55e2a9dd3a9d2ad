package api

import (
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"strings"

	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api/rpcbridge"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// keyField is the field that is the same thing as the header Idempotency-Key.
const keyField = "request_id"

// maxKey is the length of the longest idempotency key.
const maxKey = 255

// applyKey makes header and field one: the field has the key afterwards. Both
// may be sent if they agree; a call that moves money needs one (promise 4).
func applyKey(ctx context.Context, c *call, m proto.Message) error {
	r := m.ProtoReflect()
	f := r.Descriptor().Fields().ByName(keyField)
	if f == nil {
		return nil
	}
	key := r.Get(f).String()
	for _, h := range metadata.ValueFromIncomingContext(ctx, "idempotency-key") {
		if key != "" && key != h {
			return invalidField(keyField, "the header Idempotency-Key and the field differ, or the header is sent twice")
		}
		key = h
	}
	switch {
	case key == "" && c.access.movesKey:
		return &fault{
			reason:     paymentv1.ErrorReason_ERROR_REASON_IDEMPOTENCY_KEY_MISSING,
			text:       "the call moves money: send the header Idempotency-Key, 1 to 255 characters, the same again when you repeat it",
			violations: []payment.Violation{{Field: keyField, Text: "is needed"}},
		}
	case key == "":
		return nil
	case len(key) > maxKey || !visible(key):
		return invalidField(keyField, "must be 1 to 255 visible ASCII characters")
	case card.IsNumber(key):
		return invalidField(keyField, cardNumberText) // P59
	}
	r.Set(f, protoreflect.ValueOfString(key))
	return nil
}

// request is the mark that the call leaves in the books.
func (a *API) request(c *call, m proto.Message) payment.Request {
	_, method, _ := strings.Cut(c.method[1:], "/")
	r := m.ProtoReflect()
	key := ""
	if f := r.Descriptor().Fields().ByName(keyField); f != nil {
		key = r.Get(f).String()
	}
	wire := c.wire
	if c.message != m { // a part of it, as of a batch that is followed
		wire, _ = deterministic.Marshal(m) // the whole could be written
	}
	return payment.Request{Method: method, Key: key, Digest: a.keys.fieldDigests(r.Descriptor(), wire)}
}

// digestLength is how much of each field's digest is kept: of 2^48 changed
// values one goes unnoticed.
const digestLength = 6

// fieldDigests gives one keyed digest for every field that is set, but the
// idempotency key itself: a byte with the field's number, then six bytes. So a
// later call with the same key can be told which field differs, and the books
// hold nothing of what was sent (P04). The message is written once, in the
// order of its numbers, and cut into its fields.
func (k keyring) fieldDigests(d protoreflect.MessageDescriptor, wire []byte) []byte {
	h, _ := k.digests.Get().(hash.Hash)
	defer k.digests.Put(h)
	skip := d.Fields().ByName(keyField)
	out := make([]byte, 0, 16*(1+digestLength))
	sum := make([]byte, 0, sha256.Size)
	for len(wire) > 0 {
		number, n := field(wire)
		if skip == nil || number != skip.Number() {
			h.Reset()
			h.Write(wire[:n])
			sum = h.Sum(sum[:0])
			out = append(append(out, byte(number)), sum[:digestLength]...)
		}
		wire = wire[n:]
	}
	return out
}

// field gives the number of the first field of a message on the wire, and the
// length of it with all that follows under the same number.
func field(wire []byte) (protowire.Number, int) {
	number, _, length := protowire.ConsumeField(wire)
	for length < len(wire) {
		next, _, n := protowire.ConsumeField(wire[length:])
		if next != number {
			break
		}
		length += n
	}
	return number, length
}

// differing gives the lowest field number in which two requests differ, or zero.
func differing(before, now []byte) int {
	a, b := splitDigests(before), splitDigests(now)
	for n := 1; n < 256; n++ {
		if a[n] != b[n] {
			return n
		}
	}
	return 0
}

func splitDigests(d []byte) (out [256]string) {
	for ; len(d) > digestLength; d = d[1+digestLength:] {
		out[d[0]] = string(d[1 : 1+digestLength])
	}
	return out
}

// keyReused names the first field that differs from the key's first request.
func keyReused(full string, e *processor.KeyReusedError) *fault {
	f := &fault{reason: paymentv1.ErrorReason_ERROR_REASON_IDEMPOTENCY_KEY_REUSED, text: "the idempotency key was used for another request"}
	d, ok := rpcbridge.Descriptor(full)
	if !ok {
		return f
	}
	if field := d.Input().Fields().ByNumber(protoreflect.FieldNumber(differing(e.Before, e.Now))); field != nil {
		name := string(field.Name())
		f.text = fmt.Sprintf("the idempotency key was used for another request: %s differs", name)
		f.violations = []payment.Violation{{Field: name, Text: "differs from the first request with this key"}}
	}
	return f
}
