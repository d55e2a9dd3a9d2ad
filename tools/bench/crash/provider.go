package main

import "context"

func (w *world) trades(ctx context.Context) (map[string]trade, error) { return nil, ctx.Err() }
func (w *world) calls(ctx context.Context) ([]wireCall, error)        { return nil, ctx.Err() }
