package rpcbridge

import (
	"context"
	"errors"
	"io"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connectinprocess"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
)

// Conn is a grpc.ClientConnInterface whose calls run on a connect server of the
// same process, without a listener and without serialization; messages are
// copied. Values of the caller's context reach the handler.
type Conn struct{ client *connect.Client }

// NewConn returns a Conn that calls server.
func NewConn(server *connect.Server) *Conn {
	return &Conn{client: connect.NewClient(connectinprocess.New(server))}
}

// Invoke implements grpc.ClientConnInterface. Headers and trailers are given
// back with an error, too.
func (c *Conn) Invoke(ctx context.Context, method string, args, reply any, opts ...grpc.CallOption) error {
	ctx, info := outgoing(ctx)
	err := c.client.CallUnary(ctx, connect.Spec{StreamType: connect.StreamTypeUnary, Procedure: method}, args, reply)
	for _, opt := range opts {
		switch o := opt.(type) {
		case grpc.HeaderCallOption:
			*o.HeaderAddr = toMD(info.ResponseHeader())
		case grpc.TrailerCallOption:
			*o.TrailerAddr = toMD(info.ResponseTrailer())
		}
	}
	return ToStatus(err)
}

// NewStream implements grpc.ClientConnInterface.
func (c *Conn) NewStream(ctx context.Context, desc *grpc.StreamDesc, method string, _ ...grpc.CallOption) (grpc.ClientStream, error) {
	ctx, info := outgoing(ctx)
	st, err := c.client.CallClientStream(ctx, connect.Spec{StreamType: streamType(desc.ClientStreams, desc.ServerStreams), Procedure: method})
	if err != nil {
		return nil, ToStatus(err)
	}
	return &clientStream{ctx: ctx, info: info, st: st, one: !desc.ClientStreams}, nil
}

type clientStream struct {
	ctx  context.Context //nolint:containedctx // grpc.ClientStream carries its context
	info *connect.CallInfo
	st   connect.ClientStream
	one  bool // the client sends one message
}

func (s *clientStream) Header() (metadata.MD, error) { return toMD(s.info.ResponseHeader()), nil }
func (s *clientStream) Trailer() metadata.MD         { return toMD(s.info.ResponseTrailer()) }
func (s *clientStream) CloseSend() error             { return ToStatus(s.st.CloseSend()) }
func (s *clientStream) Context() context.Context     { return s.ctx }
func (s *clientStream) RecvMsg(m any) error          { return ToStatus(s.st.Receive(m)) }

// SendMsg passes over that the server has ended a call of one request, as
// grpc-go does: RecvMsg says why.
func (s *clientStream) SendMsg(m any) error {
	err := ToStatus(s.st.Send(m))
	if s.one && errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func outgoing(ctx context.Context) (context.Context, *connect.CallInfo) {
	md, _ := metadata.FromOutgoingContext(ctx)
	ctx, info := connect.NewClientContext(ctx)
	for k, vs := range md {
		info.RequestHeader().SetValues(k, vs)
	}
	return ctx, info
}
