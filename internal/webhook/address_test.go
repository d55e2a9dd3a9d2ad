package webhook

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
)

// P80: no message goes to an address that is not everybody's: this machine, the
// network that it is in, what a cloud tells its machines, and IPv4 in IPv6's
// clothes.
func TestInside(t *testing.T) {
	for _, a := range []string{
		"127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "0.1.2.3", "::", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
		"169.254.169.254", "169.254.170.2", "100.100.100.200", "100.64.0.1", "fd00:ec2::254", "fc00::1", "fe80::1", "fe80::1%eth0", "fec0::1",
		"224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "ff02::1", "192.0.0.192", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1",
		"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
		"2002:7f00:1::1", "2002:a9fe:a9fe::1", "2001::1", "2001:db8::1", "100::1", "3fff::1", "192.88.99.1",
	} {
		if !isInside(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as outside", a)
		}
	}
	if !isInside(netip.Addr{}) {
		t.Error("no address counts as outside")
	}
	for _, a := range []string{"8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2400:4050::1", "::ffff:8.8.8.8", "198.20.0.1"} {
		if isInside(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as inside", a)
		}
	}
	for _, a := range []string{"127.0.0.1", "::1", "::ffff:127.0.0.1"} {
		if barred(netip.MustParseAddr(a), true) || !barred(netip.MustParseAddr(a), false) {
			t.Errorf("%s", a)
		}
	}
	for _, a := range []string{"10.0.0.1", "169.254.169.254", "::", "0.0.0.0"} {
		if !barred(netip.MustParseAddr(a), true) {
			t.Errorf("%s is allowed while this machine is", a)
		}
	}
}

// P80: an address is https and everybody's; on this machine, and over http, only
// while the provider is the simulator.
func TestURIs(t *testing.T) {
	const (
		fine  = ""
		bad   = uriText
		below = insideText
	)
	for uri, want := range map[string][2]string{ // anywhere; where this machine is allowed
		"https://shop.example/hooks":          {fine, fine},
		"https://shop.example:8443/h?token=1": {fine, fine},
		"https://[2606:4700::1111]/":          {fine, fine},
		"http://shop.example/hooks":           {bad, bad},
		"https://user:pw@shop.example/":       {bad, bad},
		"https://shop.example/#part":          {bad, bad},
		"https://shop.example/#":              {bad, bad},
		"ftp://shop.example/":                 {bad, bad},
		"https:///path":                       {bad, bad},
		"https://":                            {bad, bad},
		"//shop.example/":                     {bad, bad},
		"shop.example":                        {bad, bad},
		"":                                    {bad, bad},
		"https://shop.example/ a":             {bad, bad},
		"https://店.example/":                  {bad, bad},
		"https://shop.example/\r\nX: y":       {bad, bad},
		"https://shop.example/" + strings.Repeat("x", 500): {bad, bad},
		"http://127.0.0.1:9000/h":                          {below, fine},
		"http://localhost:9000/h":                          {below, fine},
		"http://LOCALHOST./h":                              {below, fine},
		"http://shop.localhost/h":                          {below, fine},
		"https://[::1]/h":                                  {below, fine},
		"https://[::ffff:127.0.0.1]/h":                     {below, fine},
		"https://10.0.0.1/h":                               {below, below},
		"https://169.254.169.254/latest":                   {below, below},
		"https://[fd00:ec2::254]/":                         {below, below},
		"http://192.168.0.1/":                              {below, below},
		"https://[::ffff:169.254.169.254]/":                {below, below},
	} {
		if got := [2]string{uriFault(uri, false), uriFault(uri, true)}; got != want {
			t.Errorf("%s: %q, want %q", uri, got, want)
		}
	}
}

// P80: a name is resolved once, and only what came of that is dialled: a name that
// leads elsewhere a moment later, or to one good and one bad address, reaches
// nothing inside.
func TestRebinding(t *testing.T) {
	answers := func(list ...string) (out []netip.Addr) {
		for _, a := range list {
			out = append(out, netip.MustParseAddr(a))
		}
		return out
	}
	for _, c := range []struct {
		name    string
		answers [][]netip.Addr // of the first look-up, the second …
		address string
		dialled []string
		inside  bool
	}{
		{"public", [][]netip.Addr{answers("8.8.8.8")}, "shop.example:443", []string{"8.8.8.8:443"}, false},
		{"rebinding", [][]netip.Addr{answers("8.8.8.8"), answers("127.0.0.1")}, "shop.example:443", []string{"8.8.8.8:443"}, false},
		{"one of two", [][]netip.Addr{answers("8.8.8.8", "10.0.0.1")}, "shop.example:443", nil, true},
		{"mapped", [][]netip.Addr{answers("::ffff:169.254.169.254")}, "shop.example:443", nil, true},
		{"literal", nil, "169.254.169.254:80", nil, true},
		{"literal in brackets", nil, "[::ffff:7f00:1]:80", nil, true},
		{"zone", nil, "[fe80::1%25lo]:80", nil, true},
		{"nothing", [][]netip.Addr{nil}, "shop.example:443", nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			looked, dialled, refused := 0, []string(nil), errors.New("refused")
			d := newDialer(&Options{
				Lookup: func(context.Context, string) ([]netip.Addr, error) {
					looked++
					return c.answers[min(looked, len(c.answers))-1], nil
				},
				Dial: func(_ context.Context, _, address string) (net.Conn, error) {
					dialled = append(dialled, address)
					return nil, refused
				},
			}, false)
			_, err := d.connect(t.Context(), "tcp", c.address)
			if err == nil || !slices.Equal(dialled, c.dialled) || errors.Is(err, errInside) != c.inside || looked > 1 {
				t.Errorf("dialled %v after %d look-ups: %v", dialled, looked, err)
			}
		})
	}
}

// P80: the system is held back, too, should anything else have led there.
func TestControl(t *testing.T) {
	d := newDialer(&Options{}, false)
	for address, want := range map[string]bool{"8.8.8.8:443": true, "127.0.0.1:443": false, "[::1]:443": false, "[fe80::1%lo]:443": false, "nonsense": false} {
		if err := d.control("tcp", address, nil); (err == nil) != want {
			t.Errorf("%s: %v", address, err)
		}
	}
	if err := newDialer(&Options{}, true).control("tcp", "127.0.0.1:80", nil); err != nil {
		t.Error(err)
	}
}

// FuzzURI: no address that is taken leads inside by its own text, is anything but
// https, or holds what a header could be split with.
func FuzzURI(f *testing.F) {
	for _, s := range []string{"https://shop.example/h", "http://127.0.0.1/", "https://[::1]:8/", "https://0x7f.1/", "https://shop.example:99999/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, uri string) {
		if uriFault(uri, false) != "" {
			return
		}
		if !strings.HasPrefix(strings.ToLower(uri), "https://") || strings.ContainsAny(uri, "\r\n #") || len(uri) > maxURI {
			t.Errorf("%q is taken", uri)
		}
	})
}
