package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kessai.dev/kessai/internal/event"
	"kessai.dev/kessai/internal/webhook"
)

// hooksTime is how long tries that are under way may take at the stop; one that is
// cut off is made again after the next start.
const hooksTime = 3 * time.Second

// openHooks sends events to the shops' endpoints from now on, or as soon as no other process
// does.
func (s *server) openHooks(ctx context.Context) error {
	books, err := s.openDeliveries()
	if err != nil {
		return err
	}
	s.deliveries = books
	s.hooks = webhook.New(webhook.Options{
		Endpoints: s.shops, Feed: event.NewFeed(s.books), Journal: s.books, Books: books, Clock: s.clock, Random: rand.Reader, Logger: s.logger,
		Observer: newHooksObserver(s.observer.registry, func() webhook.Summary { return s.hooks.Summarize(context.Background()) }), Loopback: s.onLoopback(),
	})
	leading, end := context.WithCancel(context.WithoutCancel(ctx))
	var done sync.WaitGroup
	done.Go(func() { s.lead(leading, "webhooks", s.sendHooks) })
	s.closer(func() error {
		ctx, cancel := context.WithTimeout(context.Background(), hooksTime)
		defer cancel()
		s.hooks.Stop(ctx)
		end()
		done.Wait()
		return books.Close()
	})
	return nil
}

// sendHooks begins with the endpoints as they are: what is kept of those that are gone is
// forgotten.
func (s *server) sendHooks(ctx context.Context) {
	if err := s.shops.Refresh(ctx); err != nil {
		s.logger.LogAttrs(ctx, slog.LevelWarn, "the webhooks wait for the shops", slog.Any("error", err))
		if s.flags.inDatabase() { // the turn comes again
			return
		}
	}
	s.hooks.Run(ctx)
}

// hooksObserver turns tries into metrics. Nothing in them is a shop's.
type hooksObserver struct {
	tries *prometheus.CounterVec
	first prometheus.Histogram
}

func newHooksObserver(r *prometheus.Registry, summarize func() webhook.Summary) *hooksObserver {
	o := &hooksObserver{
		tries: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kessai_webhook_tries_total", Help: "Tries to deliver an event to an endpoint, by outcome."}, []string{"outcome"}),
		first: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "kessai_webhook_first_seconds", Help: "Age of an event that arrived at its first try.", Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60, 3600},
		}),
	}
	r.MustRegister(o.tries, o.first, hooksGauges{summarize})
	return o
}

// Tried implements webhook.Observer.
func (o *hooksObserver) Tried(arrived, first bool, age time.Duration) {
	outcome := "failed"
	if arrived {
		outcome = "arrived"
	}
	o.tries.WithLabelValues(outcome).Inc()
	if arrived && first {
		o.first.Observe(age.Seconds())
	}
}

// hooksGauges counts when it is asked.
type hooksGauges struct{ summarize func() webhook.Summary }

var (
	endpointsGauge  = prometheus.NewDesc("kessai_webhook_endpoints", "Webhook endpoints by state.", []string{"state"}, nil)
	deliveriesGauge = prometheus.NewDesc("kessai_webhook_deliveries", "Deliveries that failed: WAITING for another try, or DEAD.", []string{"state"}, nil)
	alarmGauge      = prometheus.NewDesc("kessai_webhook_alarm", "Endpoints that an operator must look at: dead, or one that never took anything.", []string{"why"}, nil)
)

// Describe implements prometheus.Collector.
func (hooksGauges) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{endpointsGauge, deliveriesGauge, alarmGauge} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (g hooksGauges) Collect(to chan<- prometheus.Metric) {
	s := g.summarize()
	put := func(d *prometheus.Desc, n int, label string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), label)
	}
	for _, state := range []webhook.State{webhook.StateNew, webhook.StateWorking, webhook.StateFailing, webhook.StateDead} {
		put(endpointsGauge, s.Endpoints[state], string(state))
	}
	put(deliveriesGauge, s.Waiting, "WAITING")
	put(deliveriesGauge, s.Dead, "DEAD")
	put(alarmGauge, s.AlarmDead, "dead")
	put(alarmGauge, s.AlarmNew, "never_arrived")
}
