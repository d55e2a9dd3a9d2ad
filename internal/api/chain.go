package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"

	"kessai.dev/kessai/internal/api/rpcbridge"
	"kessai.dev/kessai/internal/processor"
)

// call is one call on its way through the chain.
type call struct {
	id      string // of the request, for the log and for support
	method  string // "/kessai.payment.v1.PaymentService/CreatePayment"
	access  access
	from    origin
	who     principal
	timing  *processor.Timing
	started time.Time

	message proto.Message // the request, once it is read
	wire    []byte        // the same as it came, in the order of its numbers
}

type callKey struct{}

// callFrom gives the call that ctx belongs to; inside the chain there is one.
func callFrom(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

// wrap gives a copy of a service with every method inside the chain, for
// grpc-go and for connect alike. Keys and scopes are checked before the message
// is read.
func (a *API) wrap(desc *grpc.ServiceDesc, read reader) *grpc.ServiceDesc {
	out := *desc
	out.Methods, out.Streams = nil, nil
	for _, m := range desc.Methods {
		out.Methods = append(out.Methods, grpc.MethodDesc{MethodName: m.MethodName, Handler: a.unary(desc.ServiceName, m, read)})
	}
	for _, s := range desc.Streams {
		full, handle := rpcbridge.FullMethod(desc.ServiceName, s.StreamName), s.Handler
		s.Handler = func(impl any, st grpc.ServerStream) error {
			return a.chain(st.Context(), full, func(ctx context.Context) error {
				return handle(impl, &checkedStream{ServerStream: st, ctx: ctx, a: a, read: read})
			})
		}
		out.Streams = append(out.Streams, s)
	}
	return &out
}

func (a *API) unary(service string, m grpc.MethodDesc, read reader) grpc.MethodHandler {
	full := rpcbridge.FullMethod(service, m.MethodName)
	return func(impl any, ctx context.Context, dec func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
		var out any
		err := a.chain(ctx, full, func(ctx context.Context) (err error) {
			out, err = m.Handler(impl, ctx, func(msg any) error { return a.receive(ctx, msg, read, dec) }, nil)
			return err
		})
		if err != nil {
			return nil, err
		}
		return out, nil
	}
}

// chain is the one way into every method: request id, recovery, errors, log,
// metrics, key, scope; and then, once the message is read, its
// idempotency key and its form.
func (a *API) chain(ctx context.Context, full string, next func(context.Context) error) error {
	c := &call{method: full, access: scopes[full], from: originOf(ctx), started: a.o.Clock()}
	if c.id = c.from.request; c.id == "" {
		c.id = requestID()
		_ = grpc.SetHeader(ctx, metadata.MD{requestKey: {c.id}})
	}
	ctx, c.timing = processor.WithTiming(ctx)
	ctx = context.WithValue(ctx, callKey{}, c)
	end := func(Observation) {}
	if a.o.Trace != nil {
		ctx, end = a.o.Trace(ctx, full)
	}
	f := a.classify(ctx, c, a.recovered(ctx, c, next))
	o := a.report(ctx, c, f)
	end(o)
	if f == nil {
		return nil
	}
	if f.retry > 0 {
		_ = grpc.SetHeader(ctx, metadata.Pairs("retry-after", seconds(f.retry)))
	}
	return f.status(c.id).Err()
}

// recovered runs the call; a panic is a fault of ours and ends this call only.
func (a *API) recovered(ctx context.Context, c *call, next func(context.Context) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	if err := a.admit(ctx, c); err != nil {
		return err
	}
	return next(ctx)
}

// admit says who calls and whether they may.
func (a *API) admit(ctx context.Context, c *call) error {
	if c.access.public {
		return nil
	}
	who, err := a.authenticate(ctx, c)
	if err != nil {
		return err
	}
	c.who = who
	return c.access.admits(who)
}

// receive reads a message and checks it.
func (a *API) receive(ctx context.Context, msg any, read reader, dec func(any) error) error {
	if err := read(msg, dec); err != nil {
		return sized(msg, unreadable(err))
	}
	m, ok := msg.(proto.Message)
	if !ok {
		return nil
	}
	wire, err := deterministic.Marshal(m)
	switch {
	case err != nil:
		return unreadable(err)
	case len(wire) > sizeLimit(m):
		return sized(m, tooLarge())
	}
	c := callFrom(ctx)
	c.message, c.wire = m, wire
	if err := c.access.admitsMessage(c.who, m); err != nil {
		return err
	}
	if err := applyKey(ctx, c, m); err != nil {
		return err
	}
	return a.check(c, m)
}

// deterministic writes equal messages equally.
var deterministic = proto.MarshalOptions{Deterministic: true}

// checkedStream checks what a stream receives.
type checkedStream struct {
	grpc.ServerStream
	ctx  context.Context //nolint:containedctx // grpc.ServerStream carries its context
	a    *API
	read reader
}

func (s *checkedStream) Context() context.Context { return s.ctx }

func (s *checkedStream) RecvMsg(m any) error {
	return s.a.receive(s.ctx, m, s.read, s.ServerStream.RecvMsg)
}

func requestID() string {
	var b [8]byte
	_, _ = rand.Read(b[:])
	return "req_" + hex.EncodeToString(b[:])
}
