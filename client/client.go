// Package client calls kessai from Go, over native gRPC.
//
//	kessai, err := client.New("127.0.0.1:9090", "sk_test_demo")
//	payment, err := kessai.CreatePayment(ctx, &paymentv1.CreatePaymentRequest{
//		Amount: 5080, OrderNumber: "1396", CardToken: token,
//	})
//
// It adds four things to the generated code.
//
// A call that moves money never does so twice. It has one idempotency key for
// its whole life, the caller's (the request's RequestId, or IdempotencyKey) or a
// random one, and every further try sends the same key, so that kessai answers
// with the one payment there is.
//
// What can be tried again is tried again: a broken connection, UNAVAILABLE, a
// try without an answer, and what kessai asks to be repeated (RetryInfo), with
// growing, jittered waits, until the context ends or the tries are used up. A
// no is never repeated: neither INVALID_ARGUMENT nor FAILED_PRECONDITION, nor
// anything else that is an answer.
//
// Every error is an *Error, with kessai's reason, the text in English and
// Japanese, the violations and the key to ask again with.
//
// The key that was given to New is never printed, whatever is printed.
//
// A decline is no error: it is a payment in STATE_DECLINED. Nor is a question
// that the provider has not answered: it is a payment with PendingOperation,
// and WatchPayment tells how it ends.
package client

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
)

const largestAnswer = 64 << 20 // bytes

// Client is a connection to one kessai with one key. It is safe for use by
// many goroutines at once; make one and keep it.
type Client struct {
	conn     *grpc.ClientConn
	target   string
	retry    retrier
	payments paymentv1.PaymentServiceClient
	vault    vaultv1.VaultServiceClient
}

// New prepares a client; the connection is made by the first call. target is
// kessai's native gRPC address, host:port (--grpc-listen; gRPC's other forms,
// such as dns:///host:port and unix:/path, work too). key is a secret key,
// sk_test_… or sk_live_…, or a payment's client secret, cs_….
//
// Without an option the connection is TLS 1.2 or newer, except to the loopback
// and to a Unix socket, where it is not encrypted.
//
// It fails, without sending anything, when the target is not an address or the
// key cannot be one.
func New(target, key string, opts ...Option) (*Client, error) {
	set := defaults()
	for _, opt := range opts {
		opt(&set)
	}
	if err := checkTarget(target); err != nil {
		return nil, err
	}
	if err := checkKey(key); err != nil {
		return nil, err
	}
	plain := set.plaintext || set.tls == nil && isLocal(target)
	retry := retrier{settings: set}
	conn, err := grpc.NewClient(target, append([]grpc.DialOption{
		grpc.WithTransportCredentials(transport(set.tls, plain)),
		grpc.WithPerRPCCredentials(newBearer(key, !plain)),
		grpc.WithUserAgent("kessai-go"),
		// A page of a thousand payments with their orders is more than 4 MiB.
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(largestAnswer)),
		grpc.WithChainUnaryInterceptor(retry.unary),
		grpc.WithChainStreamInterceptor(stream),
		// Retries are this package's; none may come from the name service.
		grpc.WithDisableServiceConfig(),
		grpc.WithConnectParams(grpc.ConnectParams{
			Backoff: backoff.Config{
				BaseDelay: 100 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: 3 * time.Second,
			},
			MinConnectTimeout: 5 * time.Second,
		}),
		// A watched connection that died is noticed. grpc-go's servers send
		// away whoever asks more often than every five minutes.
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: 6 * time.Minute, Timeout: 20 * time.Second}),
	}, set.dial...)...)
	if err != nil {
		return nil, fmt.Errorf("kessai client: %w", err)
	}
	return &Client{
		conn: conn, target: target, retry: retry,
		payments: paymentv1.NewPaymentServiceClient(conn), vault: vaultv1.NewVaultServiceClient(conn),
	}, nil
}

// Conn is the connection, for the generated clients of kessai's other services.
// Their calls get the same key, retries and errors.
func (c *Client) Conn() grpc.ClientConnInterface { return c.conn }

// Close ends the connection. Calls that still run end with an error whose
// Unknown says that their outcome is not known.
func (c *Client) Close() error { return c.conn.Close() }

// String names the target, never the key.
func (c *Client) String() string { return "kessai client of " + c.target }

// GoString is String, so that %#v shows no key either.
func (c *Client) GoString() string { return c.String() }

// LogValue is String, for log/slog.
func (c *Client) LogValue() slog.Value { return slog.StringValue(c.String()) }

// bearer sends the key with every call. The key is held in a function: fmt and
// log print what a field holds even when its type has a String method, as long
// as the field is unexported, but of a function they print the address.
type bearer struct {
	header func() string
	secure bool
}

func newBearer(key string, secure bool) bearer {
	header := "Bearer " + key
	return bearer{header: func() string { return header }, secure: secure}
}

// GetRequestMetadata is the header of one call.
func (b bearer) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": b.header()}, nil
}

// RequireTransportSecurity keeps the key off connections that are not
// encrypted, except where the caller or the loopback allows it.
func (b bearer) RequireTransportSecurity() bool { return b.secure }

func transport(config *tls.Config, plain bool) credentials.TransportCredentials {
	if plain {
		return insecure.NewCredentials()
	}
	if config == nil {
		config = &tls.Config{}
	}
	config = config.Clone()
	config.MinVersion = max(config.MinVersion, tls.VersionTLS12) // R09
	return credentials.NewTLS(config)
}

func checkTarget(target string) error {
	switch {
	case target == "":
		return fmt.Errorf("kessai client: no target; give host:port, such as 127.0.0.1:9090")
	case strings.HasPrefix(target, "http://"), strings.HasPrefix(target, "https://"):
		return fmt.Errorf("kessai client: %q is an address for browsers; give host:port of --grpc-listen", target)
	}
	return nil
}

// checkKey refuses what cannot travel in a header, such as a key read from a
// file with its line end. It never shows the key.
func checkKey(key string) error {
	if key == "" {
		return fmt.Errorf("kessai client: no key; give sk_test_… or sk_live_…")
	}
	for _, r := range key {
		if r <= ' ' || r > '~' {
			return fmt.Errorf("kessai client: the key has white space or a character that no key has")
		}
	}
	return nil
}

// isLocal reports whether nothing but this machine can read the connection.
func isLocal(target string) bool {
	if strings.HasPrefix(target, "unix:") || strings.HasPrefix(target, "unix-abstract:") {
		return true
	}
	if _, rest, ok := strings.Cut(target, ":///"); ok {
		target = rest
	}
	host, _, err := net.SplitHostPort(target)
	if err != nil {
		host = target
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
