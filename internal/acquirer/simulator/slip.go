package simulator

import (
	"slices"
	"sort"
)

// Limits of shipments (protocol 10).
const (
	maxSlips        = 99
	maxBundle       = 3
	maxBundleAmount = 300_000
)

// parcel is a slip number and the orders that travel under it.
type parcel struct {
	Trader string   `json:"trader"`
	Orders []string `json:"orders"`         // order numbers of Trader
	Void   []string `json:"void,omitempty"` // orders of a bundle that were cancelled
}

// lockSlips holds slips, sorted, and reads one parcel each.
func (c *call) lockSlips(numbers ...string) map[string]*parcel {
	numbers = slices.Clone(numbers)
	sort.Strings(numbers)
	parcels := map[string]*parcel{}
	for _, n := range slices.Compact(numbers) {
		c.hold("slip\x00" + n)
		var p parcel
		if found, err := c.s.books.read(bucketSlips, n, &p); err == nil && found {
			parcels[n] = &p
		}
	}
	return parcels
}

func (p *parcel) put(number string) put {
	if len(p.Orders) == 0 && len(p.Void) == 0 {
		return put{bucket: bucketSlips, key: number}
	}
	return put{bucket: bucketSlips, key: number, value: encode(p)}
}

func without(list []string, one string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == one })
}

// bundled reports whether the order shares a slip with another one. It holds
// the order's slips, so that no other order joins meanwhile.
func (c *call) bundled(t *transaction) bool {
	for _, p := range c.lockSlips(t.Slips...) {
		if len(p.Orders) > 1 {
			return true
		}
	}
	return false
}

// dropShipment takes the order off all its slips. In a bundle its place stays
// behind as void, and nobody can join any more (E012000005).
func (c *call) dropShipment(t *transaction) []put {
	var puts []put
	for number, p := range c.lockSlips(t.Slips...) {
		if len(p.Orders) > 1 || len(p.Void) > 0 {
			p.Void = append(p.Void, t.OrderNo)
		}
		p.Orders = without(p.Orders, t.OrderNo)
		puts = append(puts, p.put(number))
	}
	t.Slips, t.Other = nil, ""
	return puts
}

// slipValid is the mod-7 rule; a number of zeros only is nobody's
// (E011010451). v is twelve digits.
func slipValid(v string) bool {
	n := int64(0)
	for i := range 11 {
		n = n*10 + int64(v[i]-'0')
	}
	return n > 0 && n%7 == int64(v[11]-'0')
}

// trackingPage is where the buyer looks a parcel up.
func trackingPage(host, number string) string {
	return "http://" + host + "/?slip_no=" + number
}
