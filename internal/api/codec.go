package api

import (
	"context"
	"io"

	"connectrpc.com/connect/v2/connectproto"
	"google.golang.org/grpc/encoding"
	_ "google.golang.org/grpc/encoding/proto" // registers the codec that is wrapped here
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/proto"

	"kessai.dev/kessai/internal/api/strictjson"
)

// reader reads a message by dec, which a protocol gives.
type reader func(msg any, dec func(any) error) error

// plainly is how connect reads: its errors are ours to answer.
func plainly(msg any, dec func(any) error) error { return dec(msg) }

// strictCodec is connect's JSON codec that reads as strictly as REST does.
type strictCodec struct{ *connectproto.JSONCodec }

// UnmarshalRead reads a whole message.
func (strictCodec) UnmarshalRead(_ context.Context, src io.Reader, msg any) error {
	m, ok := msg.(proto.Message)
	if !ok {
		return connectproto.ErrNotProtoMessage
	}
	b, err := io.ReadAll(src)
	if err != nil {
		return err
	}
	return strictjson.Unmarshal(b, m)
}

// envelope carries a message past grpc-go, which answers a message that cannot
// be decoded by itself, with the decoder's text and INTERNAL. In an envelope
// the error is kept, and the chain answers it.
type envelope struct {
	msg any
	err error
}

// inEnvelope is how grpc-go's door reads.
func inEnvelope(msg any, dec func(any) error) error {
	e := &envelope{msg: msg}
	if err := dec(e); err != nil {
		return err
	}
	return e.err
}

// openingCodec is grpc-go's codec that knows envelopes.
type openingCodec struct{ encoding.CodecV2 }

func newOpeningCodec() encoding.CodecV2 { return openingCodec{encoding.GetCodecV2("proto")} }

// Unmarshal fills a message, or an envelope.
func (c openingCodec) Unmarshal(data mem.BufferSlice, v any) error {
	e, ok := v.(*envelope)
	if !ok {
		return c.CodecV2.Unmarshal(data, v)
	}
	e.err = c.CodecV2.Unmarshal(data, e.msg)
	return nil
}
