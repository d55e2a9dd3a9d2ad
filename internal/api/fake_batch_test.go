package api_test

import (
	"bytes"
	"context"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// batchFake is the fake as a batch needs it.
type batchFake struct{ *fake }

func (f batchFake) Begun(_ context.Context, c processor.Caller, r payment.Request) (bool, error) {
	if err := f.enter(c); err != nil {
		return false, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	had, ok := f.keys[key(c, r)]
	if ok && !bytes.Equal(had.digest, r.Digest) {
		return false, &processor.KeyReusedError{Before: had.digest, Now: r.Digest}
	}
	return ok, nil
}

func (f batchFake) Preview(_ context.Context, c processor.Caller, id payment.ID, cmd payment.Command) (*payment.Payment, []payment.Event, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p, err := f.own(c, id)
	if err != nil {
		return nil, nil, err
	}
	rules, _ := f.rules(c)
	events, err := payment.Decide(p, cmd, rules)
	return p, events, err
}
