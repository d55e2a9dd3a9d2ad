package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/shop"
)

var (
	monthDays   = flag.Int("month.days", 31, "days of the simulated month")
	monthOrders = flag.Int("month.orders", 35, "orders of each of its days")
	monthSeed   = flag.Uint64("month.seed", 20261124, "what happens in it follows from this")
	monthLog    = flag.Bool("month.log", false, "kessai's log goes to stderr")
)

// monthBegins is half past midnight, when the provider's night has half an hour
// to go.
var monthBegins = time.Date(2026, 10, 31, 0, 30, 0, 0, shop.Tokyo)

// month is a shop's month: orders come in and are sent, canceled, changed and
// forgotten, somebody uses the provider's console, the provider is rude, the
// nights' work is done, and the server is restarted now and then. The clock is
// the test's, and goes only when the test says so.
type month struct {
	*testing.T
	flags  *Flags
	server *server
	began  time.Time
	now    time.Time
	mu     sync.Mutex // of now
	client *http.Client
	seed   uint64
	second string // another operator's key

	orders   []*order
	console  map[string]string // payment: what somebody did to it at the provider's console
	explains map[string]int    // differences by cause, as the operator saw them
	counts   map[string]int
	stated   statement // what the provider would send of it
}

// R39 R40 R42 P17 P22 P29 P30 P71: after a month of faults the books and the
// provider agree to the yen, and every difference that was found on the way has
// its reason.
func TestMonth(t *testing.T) {
	t.Logf("seed %d: %d days of %d orders (-month.seed, -month.days, -month.orders)", *monthSeed, *monthDays, *monthOrders)
	m := &month{
		T: t, seed: *monthSeed, now: monthBegins, began: monthBegins,
		client:  &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		console: map[string]string{}, explains: map[string]int{}, counts: map[string]int{},
		flags: &Flags{Listen: "127.0.0.1:0", GRPCListen: "127.0.0.1:0", SimulatorListen: "127.0.0.1:0", Data: t.TempDir()},
	}
	m.open()
	t.Cleanup(func() { m.close() })
	m.setUp()
	for day := range *monthDays {
		m.day(day)
		if day%7 == 6 {
			m.close()
			m.open()
		}
	}
	m.end()
	m.audit()
	m.settlement()
	m.days()
}

func (m *month) clock() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *month) advance(d time.Duration) {
	m.mu.Lock()
	m.now = m.now.Add(d)
	m.mu.Unlock()
}

// until moves the clock to an hour of the current day.
func (m *month) until(hour, minute int) {
	m.mu.Lock()
	y, mo, d := m.now.Date()
	m.now = time.Date(y, mo, d, hour, minute, 0, 0, shop.Tokyo)
	m.mu.Unlock()
}

func (m *month) open() {
	m.Helper()
	logger := slog.New(slog.DiscardHandler)
	if *monthLog {
		logger = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	s, err := start(m.Context(), m.flags, "", logger, m.clock)
	if err != nil {
		m.Fatal(err)
	}
	m.server = s
	m.faults(true)
}

func (m *month) close() {
	if m.server == nil {
		return
	}
	if err := m.server.stop(context.Background()); err != nil {
		m.Error(err)
	}
	m.server = nil
}

// faults make the provider rude, or well-behaved.
func (m *month) faults(rude bool) {
	if rude {
		m.provider("rude", map[string]any{"seed": m.seed + uint64(m.clock().Unix())}, nil)
	} else {
		m.provider("faults", map[string]any{}, nil)
	}
}

// day is one day in Japan, from half past midnight to half past midnight.
func (m *month) day(day int) {
	m.until(3, 0)
	m.settle(3 * 24 * time.Hour)
	m.until(3, 30)
	m.night()
	if day%3 == 2 {
		m.putRight()
	}
	m.until(9, 0)
	m.morning()
	m.until(9, 30)
	m.work()
	for slot, hour := range []int{10, 13, 17, 20, 23} {
		m.until(hour, 30)
		m.buy(day, slot)
		m.quiet()
		m.work()
		m.quiet()
	}
	m.meddle()
	m.until(23, 59)
	m.state()
	m.advance(31 * time.Minute)
}

// quiet lets time pass until every question that can be settled is.
func (m *month) quiet() {
	for range 75 {
		m.advance(time.Second)
		m.server.processor.Sweep(m.Context())
	}
}

// each does something for many, some at once.
func each[T any](list []T, do func(T)) {
	var wg sync.WaitGroup
	room := make(chan struct{}, 24)
	for _, x := range list {
		room <- struct{}{}
		wg.Go(func() {
			do(x)
			<-room
		})
	}
	wg.Wait()
}

// buy is what shoppers do in one part of a day.
func (m *month) buy(day, slot int) {
	n := (*monthOrders + slot) / 5
	first := len(m.orders)
	for range n {
		m.orders = append(m.orders, newOrder(m.seed, len(m.orders), day))
	}
	each(m.orders[first:], m.checkout)
}

func random(seed uint64, n int) *rand.Rand { return rand.New(rand.NewPCG(seed, uint64(n))) }

func (m *month) count(what ...any) {
	m.mu.Lock()
	m.counts[fmt.Sprintln(what...)]++
	m.mu.Unlock()
}
