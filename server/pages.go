package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"net/http"
	"net/url"

	"kessai.dev/kessai/internal/acquirer/webcollect"
	"kessai.dev/kessai/internal/checkout"
	"kessai.dev/kessai/internal/demo"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// pages are what browsers are shown: the checkout, the way to 3-D Secure and
// back, and the demo shop if there is one.
func (s *server) pages(mux *http.ServeMux) error {
	door, err := checkout.New(checkout.Options{Payments: s.processor, Logger: s.logger, ProviderOrigins: s.providerOrigins()})
	if err != nil {
		return err
	}
	for _, path := range []string{"/checkout/", "/assets/", "/3ds/"} {
		mux.Handle(path, s.canonical(door))
	}
	if !s.sellsDemo() {
		return nil
	}
	shop, err := demo.New(s.demo())
	if err != nil {
		return err
	}
	for _, path := range []string{"/demo", "/demo/"} {
		mux.Handle(path, s.canonical(s.door.Fence(shop)))
	}
	return nil
}

// sellsDemo reports whether the demo shop can be bought from.
func (s *server) sellsDemo() bool {
	return s.directory.Now().Shops[demoShop] != nil && s.simulatorAddr != nil
}

// demo is what the demo shop's own server asks of us: what any shop's server
// asks over the API.
func (s *server) demo() demo.Options {
	caller := func(t shop.Tenant) processor.Caller { return processor.Caller{Tenant: t, Actor: "demo"} }
	return demo.Options{
		PublicURL: s.publicURL, ProviderOrigins: s.providerOrigins(), Clock: s.clock, Random: random64, Logger: s.logger,
		Plain:  shop.Tenant{Shop: demoShop, Environment: shop.Test},
		Secure: shop.Tenant{Shop: demoSecureShop, Environment: shop.Test},
		Secret: s.door.ClientSecret,
		Create: func(ctx context.Context, t shop.Tenant, key string, cmd processor.Create) (*payment.Payment, error) {
			digest := sha256.Sum256([]byte(key))
			result, err := s.processor.Create(ctx, caller(t), payment.Request{Method: "CreatePayment", Key: key, Digest: digest[:]}, cmd)
			return result.Payment, err
		},
		Get: func(ctx context.Context, t shop.Tenant, id payment.ID) (*payment.Payment, *payment.Order, error) {
			pay, err := s.processor.Get(ctx, caller(t), id)
			if err != nil {
				return nil, nil, err
			}
			order, err := s.processor.Order(ctx, caller(t), id)
			return pay, order, err
		},
		Claim: func(ctx context.Context, t shop.Tenant, id payment.ID) (bool, error) {
			_, _, claimed, err := s.processor.ClaimConversion(ctx, caller(t), id)
			return claimed, err
		},
	}
}

// providerOrigins are where the provider's script comes from, and where it takes
// cards to.
func (s *server) providerOrigins() []string {
	test := s.testBase
	if test == "" {
		test = webcollect.DefaultTestBase
	}
	origins := []string{origin(test)}
	if !allTest(s.directory.Now()) {
		origins = append(origins, origin(cmp.Or(s.flags.productionBase, webcollect.DefaultProductionBase)))
	}
	return origins
}

func origin(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// canonical sends a browser that came by another name of this machine, such as
// localhost, to the one that 3-D Secure comes back to: what a page keeps belongs
// to its origin. The fragment goes along.
func (s *server) canonical(next http.Handler) http.Handler {
	public, err := url.Parse(s.publicURL)
	if s.publicURL == "" || err != nil || !loopback(public.Hostname()) {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet && r.Host != public.Host && loopbackHost(r.Host) {
			w.Header().Set("Cache-Control", "no-store")
			http.Redirect(w, r, s.publicURL+r.URL.RequestURI(), http.StatusTemporaryRedirect)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopbackHost(host string) bool {
	u, err := url.Parse("//" + host)
	return err == nil && loopback(u.Hostname())
}
