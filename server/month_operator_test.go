package main

import (
	"time"

	"kessai.dev/kessai/internal/shop"
)

var monthShop = shop.Tenant{Shop: demoShop, Environment: shop.Test}

// setUp is what an operator does on the first day.
func (m *month) setUp() {}

// night is the work that kessai does by itself.
func (m *month) night() {}

// morning is what an operator does.
func (m *month) morning() {}

// end lets everything come to its end: the provider is well-behaved, and time
// passes until nobody has anything left to look after.
func (m *month) end() {
	m.faults(false)
	for range 3 {
		m.advance(24 * time.Hour)
		m.until(3, 30)
		m.night()
		m.until(9, 0)
		m.morning()
		m.quiet()
	}
	for what, n := range m.counts {
		m.Logf("%d × %s", n, what)
	}
}
