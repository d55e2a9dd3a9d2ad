package redis

import (
	"context"
	"sync"
	"time"
)

// limits bounds calls in time. Those that begin within an eighth of the timeout
// share one context, and with it one timer: a context for each of two calls a
// payment was three percent of its cost. A call has the timeout, and up to an
// eighth more; a caller who leaves is not noticed before.
type limits struct {
	timeout time.Duration

	mu     sync.Mutex
	shared context.Context //nolint:containedctx // it lives for the timeout, whoever calls; nil: the next caller makes one
}

func (l *limits) context() context.Context {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.shared == nil {
		slack := l.timeout / 8
		ctx, cancel := context.WithTimeout(context.Background(), l.timeout+slack)
		context.AfterFunc(ctx, cancel)
		time.AfterFunc(slack, l.end)
		l.shared = ctx
	}
	return l.shared
}

// end lets the next caller make another context.
func (l *limits) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.shared = nil
}
