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
	shared context.Context //nolint:containedctx // it lives for the timeout, whoever calls
	until  time.Time       // whoever begins later needs another one
}

func (l *limits) context() context.Context {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := time.Now(); l.shared == nil || now.After(l.until) {
		slack := l.timeout / 8
		ctx, cancel := context.WithTimeout(context.Background(), l.timeout+slack)
		context.AfterFunc(ctx, cancel)
		l.shared, l.until = ctx, now.Add(slack)
	}
	return l.shared
}
