package client

import (
	"context"
	"encoding/base32"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/connectivity"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
)

// The back-off grows from firstPause to lastPause, doubling.
const (
	firstPause = 200 * time.Millisecond
	lastPause  = 5 * time.Second
)

// retrier sends one call as often as it is safe and sensible.
type retrier struct{ settings }

// unary is the one path of every unary call.
func (r retrier) unary(
	ctx context.Context, method string, req, reply any, cc *grpc.ClientConn,
	invoke grpc.UnaryInvoker, opts ...grpc.CallOption,
) error {
	sent, key, err := r.identify(req, opts)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return newError(ctx, status.FromContextError(err).Err())
	}
	safe := key != "" || onlyReads(method)
	unknown := false
	for try := 1; ; try++ {
		failure := r.once(ctx, method, sent, reply, cc, invoke, opts)
		if failure == nil {
			return nil
		}
		again := transient(failure.Error)
		unknown = key != "" && (failure.mayHaveRun() || unknown && again)
		failure.IdempotencyKey, failure.Tries, failure.Unknown = key, try, unknown
		if !safe || !again || over(ctx, cc) || !r.pause(ctx, try, failure.Error) {
			return failure.Error
		}
	}
}

// failedTry is how one try ended.
type failedTry struct {
	*Error
	connected bool // to a server that may have read the request
}

// once sends one try. Nil means that reply has the answer.
func (r retrier) once(
	ctx context.Context, method string, req, reply any, cc *grpc.ClientConn,
	invoke grpc.UnaryInvoker, opts []grpc.CallOption,
) *failedTry {
	var header, trailer metadata.MD
	var server peer.Peer
	tryCtx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	err := invoke(tryCtx, method, req, reply, cc, slices.Concat(opts, []grpc.CallOption{
		grpc.Header(&header), grpc.Trailer(&trailer), grpc.Peer(&server),
	})...)
	if err != nil {
		return &failedTry{Error: newError(ctx, err), connected: server.Addr != nil}
	}
	tellReplayed(opts, header, trailer)
	return nil
}

// identify gives a call that moves money its key. The caller's message is left
// as it is. What cannot be encoded is refused here, since grpc-go would report
// it with the code of a broken connection.
func (r retrier) identify(req any, opts []grpc.CallOption) (any, string, error) {
	message, ok := req.(proto.Message)
	if !ok {
		return req, "", nil
	}
	if _, err := proto.Marshal(message); err != nil {
		return nil, "", refuse("the request cannot be encoded: %v", err)
	}
	field := message.ProtoReflect().Descriptor().Fields().ByName("request_id")
	given := ""
	for _, opt := range opts {
		if o, ok := opt.(keyOption); ok {
			given = o.key
		}
	}
	if field == nil {
		if given != "" {
			return nil, "", refuse("%s takes no idempotency key", message.ProtoReflect().Descriptor().Name())
		}
		return req, "", nil
	}
	key := message.ProtoReflect().Get(field).String()
	switch {
	case key != "" && given != "" && key != given:
		return nil, "", refuse("request_id and IdempotencyKey differ")
	case key != "":
		return req, key, nil
	case given == "":
		raw := make([]byte, 20)
		if _, err := io.ReadFull(r.random, raw); err != nil {
			return nil, "", refuse("no random idempotency key: %v", err)
		}
		given = strings.ToLower(base32.HexEncoding.EncodeToString(raw))
	}
	message = proto.Clone(message)
	message.ProtoReflect().Set(field, protoreflect.ValueOfString(given))
	return message, given, nil
}

// onlyReads reports whether the schema says that the call changes nothing.
func onlyReads(method string) bool {
	name := protoreflect.FullName(strings.ReplaceAll(strings.TrimPrefix(method, "/"), "/", "."))
	found, err := protoregistry.GlobalFiles.FindDescriptorByName(name)
	if err != nil {
		return false
	}
	options, ok := found.Options().(*descriptorpb.MethodOptions)
	return ok && options.GetIdempotencyLevel() == descriptorpb.MethodOptions_NO_SIDE_EFFECTS
}

// transient reports whether the same call may bring another answer. What
// kessai says no to stays no; what has no reason of kessai's never was an
// answer of kessai's, but a broken connection, a proxy or a try that took too
// long.
func transient(e *Error) bool {
	switch e.Code {
	case codes.Unavailable, codes.Canceled, codes.DeadlineExceeded:
		return true
	case codes.Aborted, codes.ResourceExhausted:
		return e.RetryAfter > 0
	case codes.Internal, codes.Unknown:
		return e.Reason == ""
	default:
		return false
	}
}

// mayHaveRun reports whether the try may have been carried out, or still be:
// it reached a server and no answer of kessai's came, or one that does not say
// what was done.
func (f *failedTry) mayHaveRun() bool {
	switch f.Code {
	case codes.Unavailable:
		return f.Reason == "" && f.connected
	case codes.Canceled, codes.DeadlineExceeded, codes.Internal, codes.Unknown:
		return f.connected
	case codes.Aborted:
		return f.Reason == ReasonRequestRunning
	default:
		return false
	}
}

// over reports whether nothing can be sent any more: the caller has left, or
// closed the client.
func over(ctx context.Context, cc *grpc.ClientConn) bool {
	return ctx.Err() != nil || cc.GetState() == connectivity.Shutdown
}

// pause waits before the next try. It reports whether there is to be one: not
// when the tries are used up, when kessai asks for more patience than there is,
// or when the context would end first.
func (r retrier) pause(ctx context.Context, try int, e *Error) bool {
	if try >= r.tries || e.RetryAfter > r.patience {
		return false
	}
	wait := r.backoff(try, e.RetryAfter)
	if deadline, ok := ctx.Deadline(); ok && r.clock.Now().Add(wait).After(deadline) {
		return false
	}
	return r.clock.Sleep(ctx, wait) == nil
}

// backoff is the wait after so many tries: never less than asked for, and
// different for each client, so that a thousand of them do not come back at the
// same moment.
func (r retrier) backoff(try int, asked time.Duration) time.Duration {
	half := min(lastPause, firstPause<<min(try-1, 10)) / 2
	return max(asked, half) + time.Duration(r.fraction()*float64(half))
}

// fraction is random in [0, 1). Without a source it is a half: jitter is not
// worth a failed payment.
func (r retrier) fraction() float64 {
	var raw [8]byte
	if _, err := io.ReadFull(r.random, raw[:]); err != nil {
		return 0.5
	}
	return float64(binary.BigEndian.Uint64(raw[:])>>11) / (1 << 53)
}

// tellReplayed answers the option Replayed.
func tellReplayed(opts []grpc.CallOption, header, trailer metadata.MD) {
	for _, opt := range opts {
		if o, ok := opt.(replayedOption); ok && o.to != nil {
			const name = "idempotency-replayed"
			*o.to = slices.Contains(header.Get(name), "true") || slices.Contains(trailer.Get(name), "true")
		}
	}
}
