package main

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"kessai.dev/kessai/internal/radar"
)

// openRadar makes what looks ahead. It reads nothing before somebody asks.
func (s *server) openRadar(context.Context) error {
	did := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "kessai_radar_total", Help: "Holds that the radar did something about by itself: warned, slips (told of as late), renewed, refused.",
	}, []string{"did"})
	s.observer.registry.MustRegister(did)
	s.radar = radar.New(radar.Options{
		Payments: s.processor, Books: s.books, Journal: s.books, Directory: s.directory, Clock: s.clock,
		Logger: s.logger, Count: func(what string, n int) { did.WithLabelValues(what).Add(float64(n)) },
	})
	return nil
}
