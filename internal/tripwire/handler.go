package tripwire

import (
	"context"
	"fmt"
	"log/slog"
)

// NewHandler gives a log handler that redacts message, attributes and errors
// before next sees them. It is the root of the process's logger.
func NewHandler(next slog.Handler) slog.Handler { return &handler{next: next} }

type handler struct{ next slog.Handler }

func (h *handler) Enabled(ctx context.Context, l slog.Level) bool { return h.next.Enabled(ctx, l) }

func (h *handler) Handle(ctx context.Context, r slog.Record) error {
	if !suspicious(&r) {
		return h.next.Handle(ctx, r)
	}
	clean := slog.NewRecord(r.Time, r.Level, Redact(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(attr(a))
		return true
	})
	return h.next.Handle(ctx, clean)
}

// suspicious reports whether anything in the record may need a closer look;
// most lines do not, and go on as they are.
func suspicious(r *slog.Record) bool {
	if !harmless(r.Message) {
		return true
	}
	found := false
	r.Attrs(func(a slog.Attr) bool {
		switch a.Value.Kind() {
		case slog.KindString:
			found = !harmless(a.Key) || !harmless(a.Value.String())
		case slog.KindBool, slog.KindDuration, slog.KindTime:
			found = !harmless(a.Key)
		default:
			found = true
		}
		return !found
	})
	return found
}

func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = attr(a)
	}
	return &handler{next: h.next.WithAttrs(clean)}
}

func (h *handler) WithGroup(name string) slog.Handler {
	return &handler{next: h.next.WithGroup(Redact(name))}
}

func attr(a slog.Attr) slog.Attr {
	a.Key = Redact(a.Key)
	a.Value = value(a.Value)
	return a
}

// value redacts whatever a value prints as. Numbers, times and truth values
// stay as they are, but for whole numbers that look like a card's.
func value(v slog.Value) slog.Value {
	v = v.Resolve()
	switch v.Kind() {
	case slog.KindString:
		return slog.StringValue(Redact(v.String()))
	case slog.KindInt64, slog.KindUint64:
		if Has(v.String(), 13) {
			return slog.StringValue(Mark)
		}
		return v
	case slog.KindGroup:
		group := v.Group()
		clean := make([]slog.Attr, len(group))
		for i, a := range group {
			clean[i] = attr(a)
		}
		return slog.GroupValue(clean...)
	case slog.KindAny:
		return anything(v)
	}
	return v
}

// anything redacts a value of any type: it is kept as it is when nothing in its
// text is suspicious, so that encoders still see its shape.
func anything(v slog.Value) slog.Value {
	text := fmt.Sprintf("%+v", v.Any())
	if clean := Redact(text); clean != text {
		return slog.StringValue(clean)
	}
	if err, ok := v.Any().(error); ok {
		return slog.StringValue(err.Error())
	}
	return v
}
