package main

import (
	"context"
	"os"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"kessai.dev/kessai/internal/api"
)

// tracing reports whether spans are wanted: the usual environment names an
// OTLP endpoint.
func tracing() bool {
	return os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT") != "" || os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != ""
}

// startTracing sends spans to the endpoint of the environment. It gives the
// way to flush and end it.
func startTracing(ctx context.Context) (func(context.Context) error, error) {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter),
		sdktrace.WithResource(resource.NewSchemaless(attribute.String("service.name", "kessai"), attribute.String("service.version", version))))
	otel.SetTracerProvider(provider)
	otel.SetTextMapPropagator(propagation.TraceContext{})
	return provider.Shutdown, nil
}

// traceCall opens a span round a call. Own time and the provider's are
// attributes of it; no amount, name or number of anybody is.
func traceCall(ctx context.Context, method string) (context.Context, func(api.Observation)) {
	ctx, span := otel.Tracer("kessai").Start(ctx, method, trace.WithSpanKind(trace.SpanKindServer))
	if !span.IsRecording() {
		return ctx, func(api.Observation) {}
	}
	return ctx, func(o api.Observation) {
		span.SetAttributes(attribute.String("rpc.system", o.Protocol), attribute.String("kessai.reason", o.Reason),
			attribute.Float64("kessai.own_ms", float64(o.Own.Microseconds())/1e3), attribute.Float64("kessai.provider_ms", float64(o.Provider.Microseconds())/1e3))
		if o.Reason != "" {
			span.SetStatus(codes.Error, o.Reason)
		}
		span.End()
	}
}
