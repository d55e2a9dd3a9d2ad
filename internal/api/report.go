package api

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"google.golang.org/grpc/codes"

	"kessai.dev/kessai/internal/shop"
)

// Observation is what is known of a call when it has ended: for metrics and
// traces. It names no person and no key.
type Observation struct {
	Method   string // "PaymentService/CreatePayment"
	Protocol string // "grpc", "grpcweb", "connect", "rest"
	Tenant   shop.Tenant
	Code     codes.Code
	Reason   string        // of ErrorReason; empty: it went well
	Own      time.Duration // what we took ourselves
	Provider time.Duration // what waiting for the provider took
}

// report tells the metrics of a call, and the log of one that failed. What went
// well is in the books and the metrics; its line is for --log-level debug.
func (a *API) report(ctx context.Context, c *call, f *fault) Observation {
	o := Observation{
		Method: shortMethod(c.method), Protocol: c.from.protocol, Tenant: c.who.tenant,
		Provider: c.timing.Provider(),
	}
	o.Own = max(a.o.Clock().Sub(c.started)-o.Provider, 0)
	level := slog.LevelDebug
	if f != nil {
		level = slog.LevelInfo
		o.Code, o.Reason = f.code(), reasonWord(f.reason)
	}
	if a.o.Observe != nil {
		a.o.Observe(o)
	}
	if !a.o.Logger.Enabled(ctx, level) {
		return o
	}
	attrs := []slog.Attr{
		slog.String("request", c.id), slog.String("method", o.Method), slog.String("protocol", o.Protocol),
		slog.String("shop", string(o.Tenant.Shop)), slog.String("environment", string(o.Tenant.Environment)), slog.String("actor", c.who.actor),
		slog.Duration("own", o.Own), slog.Duration("provider", o.Provider),
	}
	if f != nil {
		attrs = append(attrs, slog.String("code", o.Code.String()), slog.String("reason", o.Reason))
		if f.cause != nil {
			level = slog.LevelError
			attrs = append(attrs, slog.String("cause", f.cause.Error()))
		}
	}
	a.o.Logger.LogAttrs(ctx, level, "call", attrs...)
	return o
}

// shortMethod takes the package off a method.
func shortMethod(full string) string {
	service, method, _ := strings.Cut(full[1:], "/")
	return service[strings.LastIndexByte(service, '.')+1:] + "/" + method
}
