package api

import (
	"context"
	"net/http"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"
	"connectrpc.com/connect/v2/connectproto"
	"connectrpc.com/grpcreflect/v2"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/reflection"

	"kessai.dev/kessai/internal/api/rpcbridge"
)

// Limits of the doors.
const (
	maxBody        = 1 << 20 // bytes of a request
	maxWire        = 9 << 20 // bytes that grpc-go reads before we look at the size: a file of B2 and what is round it
	compressAbove  = 4 << 10 // bytes of an answer: compressing less costs more than it saves
	maxConcurrency = 4096    // calls of one connection at once
	// streamWorkers keep their grown stacks from call to call; a call that finds
	// none free gets a goroutine of its own.
	streamWorkers = 1024
)

// newHandler puts every protocol of :8080 on one handler.
func (a *API) newHandler(services []service) (http.Handler, error) {
	rpc := connect.NewServer()
	for _, s := range services {
		rpcbridge.Registrar{Server: rpc}.RegisterService(a.wrap(s.desc, plainly), s.impl)
	}
	rpc.SetUnknownHandler(func(context.Context, connect.Spec, connect.ServerStream) error {
		return rpcbridge.FromStatus(noSuchMethod().status("").Err())
	})
	if !a.o.Production {
		grpcreflect.Register(rpc)
	}
	rest, err := a.newREST(rpcbridge.NewConn(rpc), queryRoutes(services))
	if err != nil {
		return nil, err
	}
	document, err := openAPI()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mount(mux, rpc, maxBody)
	mux.Handle("/v1/", rest)
	mux.HandleFunc("/healthz", a.serveHealth)
	mux.HandleFunc("/livez", a.serveLive)
	mux.HandleFunc("/readyz", a.serveReady)
	mux.HandleFunc("/openapi.json", func(w http.ResponseWriter, r *http.Request) { serveJSON(w, r, http.StatusOK, document) })
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { writeFault(w, r, http.StatusNotFound, noSuchPath()) })
	return private(a.forPages(pageRoutes(services), withFiles(mux, rpc))), nil
}

// mount puts the RPCs on a mux, with a limit for each message.
func mount(mux *http.ServeMux, rpc *connect.Server, limit int) {
	connecthttp.Mount(mux, rpc,
		connecthttp.WithReadMaxBytes(limit), connecthttp.WithCompressMinBytes(compressAbove),
		connecthttp.WithCodecs(connectproto.NewBinaryCodec(), strictCodec{connectproto.NewJSONCodec()}))
}

// withFiles gives the calls that take a file a larger limit than all others.
func withFiles(mux http.Handler, rpc *connect.Server) http.Handler {
	large := http.NewServeMux()
	mount(large, rpc, maxFileWire)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if takesFile(r.URL.Path) {
			large.ServeHTTP(w, r)
		} else {
			mux.ServeHTTP(w, r)
		}
	})
}

// requestHeader carries the request's id in every answer.
const requestHeader = "Request-Id"

// requestKey is requestHeader as metadata has it.
const requestKey = "request-id"

// private notes where a request comes from, and forbids every cache to keep
// its answer (R10).
func private(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		id := requestID()
		w.Header().Set(requestHeader, id)
		next.ServeHTTP(w, noteOrigin(r, id))
	})
}

// newGRPC builds grpc-go's own server with the same services.
func (a *API) newGRPC(services []service) *grpc.Server {
	opts := []grpc.ServerOption{
		grpc.ForceServerCodecV2(newOpeningCodec()), grpc.MaxRecvMsgSize(maxWire), grpc.MaxConcurrentStreams(maxConcurrency),
		grpc.NumStreamWorkers(streamWorkers),
		grpc.UnknownServiceHandler(func(any, grpc.ServerStream) error { return noSuchMethod().status("").Err() }),
	}
	if a.o.TLS != nil {
		opts = append(opts, grpc.Creds(credentials.NewTLS(secure(a.o.TLS))))
	}
	g := grpc.NewServer(opts...)
	for _, s := range services {
		g.RegisterService(a.wrap(s.desc, inEnvelope), s.impl)
	}
	if !a.o.Production {
		reflection.Register(g)
	}
	return g
}

func noSuchMethod() *fault { return unknownMethod(codes.Unimplemented, "there is no such method") }
func noSuchPath() *fault   { return unknownMethod(codes.NotFound, "there is no such path") }
