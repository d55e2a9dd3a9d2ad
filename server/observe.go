package main

import (
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// observer turns what happens into Prometheus metrics. Own time and the
// provider's are apart.
type observer struct {
	registry *prometheus.Registry
	calls    *prometheus.CounterVec
	own      *prometheus.HistogramVec
	provider *prometheus.HistogramVec
	asked    *prometheus.HistogramVec
	settle   *prometheus.HistogramVec
	written  prometheus.Histogram
	waiting  prometheus.Gauge
	leads    *prometheus.GaugeVec
}

func newObserver() *observer {
	fast := []float64{.0005, .001, .002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 10}
	slow := []float64{.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 20, 30}
	histogram := func(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
	}
	o := &observer{
		registry: prometheus.NewRegistry(),
		calls:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kessai_calls_total", Help: "Calls by method, protocol, code and reason."}, []string{"method", "protocol", "code", "reason"}),
		own:      histogram("kessai_own_seconds", "Time of a call that is ours.", fast, "method"),
		provider: histogram("kessai_call_provider_seconds", "Time of a call that was spent waiting for the provider.", slow, "method"),
		asked:    histogram("kessai_provider_seconds", "Time of one question to the provider, by operation and outcome.", slow, "operation", "outcome"),
		settle:   histogram("kessai_settle_seconds", "How long a question without an answer stayed open.", []float64{1, 5, 10, 20, 30, 60, 120, 600, 3600, 86400}, "operation"),
		written:  prometheus.NewHistogram(prometheus.HistogramOpts{Name: "kessai_append_seconds", Help: "One append to the books, until it is on disk.", Buckets: fast}),
		waiting:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "kessai_unsettled_payments", Help: "Payments that the sweep looks after."}),
		leads:    prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "kessai_leads", Help: "1 if, of the processes on one database, this one does the work."}, []string{"work"}),
	}
	o.registry.MustRegister(o.calls, o.own, o.provider, o.asked, o.settle, o.written, o.waiting, o.leads,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return o
}

// metrics serves /metrics; kessai_degraded is 1 while something is missing.
func (o *observer) metrics(p *processor.Processor, conditions func() []api.Condition) http.Handler {
	gauge := func(name, help string, now func() float64) {
		o.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, now))
	}
	o.registry.MustRegister(conditionGauges{conditions})
	gauge("kessai_degraded", "1 while the service goes on without a helper, such as sessions.", func() float64 { return float64(min(len(p.Degraded()), 1)) })
	gauge("kessai_oldest_question_seconds", "How long the oldest question to the provider has been open; 0: none is.", func() float64 { return p.OldestQuestion().Seconds() })
	return promhttp.HandlerFor(o.registry, promhttp.HandlerOpts{})
}

// onLoopbackOnly hides a page from everybody who is not on this machine:
// metrics tell how much a shop sells.
func onLoopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, _ := net.SplitHostPort(r.RemoteAddr)
		if !loopback(host) || r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != "" {
			http.NotFound(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// call is told of every call that ended.
func (o *observer) call(c api.Observation) {
	o.calls.WithLabelValues(c.Method, c.Protocol, c.Code.String(), c.Reason).Inc()
	o.own.WithLabelValues(c.Method).Observe(c.Own.Seconds())
	if c.Provider > 0 {
		o.provider.WithLabelValues(c.Method).Observe(c.Provider.Seconds())
	}
}

// Asked implements processor.Observer.
func (o *observer) Asked(op payment.Operation, outcome string, took time.Duration) {
	name := op.String()
	if op == 0 {
		name = "inquire"
	}
	o.asked.WithLabelValues(name, outcome).Observe(took.Seconds())
}

// Settled implements processor.Observer.
func (o *observer) Settled(op payment.Operation, open time.Duration) {
	o.settle.WithLabelValues(op.String()).Observe(open.Seconds())
}

// Written implements processor.Observer.
func (o *observer) Written(took time.Duration) { o.written.Observe(took.Seconds()) }

// Waiting implements processor.Observer.
func (o *observer) Waiting(n int) { o.waiting.Set(float64(n)) }
