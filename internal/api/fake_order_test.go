package api_test

import (
	"context"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

func (f *fake) UpdateOrder(_ context.Context, c processor.Caller, id payment.ID, cmd payment.UpdateOrder) (*payment.Payment, error) {
	if err := f.enter(c); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	p, err := f.own(c, id)
	if err != nil {
		return nil, err
	}
	rules, _ := f.rules(c)
	events, err := payment.Decide(p, cmd, rules)
	if err != nil || len(events) == 0 {
		return p, err
	}
	return f.apply(id, p, events)
}
