package api

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"kessai.dev/kessai/internal/api/rpcbridge"
	"kessai.dev/kessai/internal/shop"
)

// Every method of every service of ours has its row, and every row its method;
// methods that take an idempotency key for moving money demand it (P88).
func TestEveryMethodHasAScope(t *testing.T) {
	methods := map[string]bool{}
	protoregistry.GlobalFiles.RangeFiles(func(f protoreflect.FileDescriptor) bool {
		if !strings.HasPrefix(string(f.Package()), "kessai.") {
			return true
		}
		for i := range f.Services().Len() {
			s := f.Services().Get(i)
			for j := range s.Methods().Len() {
				m := s.Methods().Get(j)
				full := rpcbridge.FullMethod(string(s.FullName()), string(m.Name()))
				methods[full] = true
				row, ok := scopes[full]
				switch {
				case !ok:
					t.Errorf("%s declares no scope", full)
				case row.public || row.scope == "":
					t.Errorf("%s is open to anybody", full)
				case row.movesKey != (m.Input().Fields().ByName(keyField) != nil):
					t.Errorf("%s: its row and its request disagree about the idempotency key", full)
				}
			}
		}
		return true
	})
	if len(methods) == 0 {
		t.Fatal("no services found")
	}
	for full, row := range scopes {
		if !methods[full] && !row.public {
			t.Errorf("%s is in the table and nowhere else", full)
		}
	}
}

// A service with a method outside the table is not served (P88).
func TestMethodWithoutScopeIsRefused(t *testing.T) {
	for _, d := range []grpc.ServiceDesc{
		{ServiceName: "kessai.payment.v1.PaymentService", Methods: []grpc.MethodDesc{{MethodName: "GetPayment"}, {MethodName: "StealPayment"}}},
		{ServiceName: "kessai.payment.v1.PaymentService", Streams: []grpc.StreamDesc{{StreamName: "WatchEverything"}}},
	} {
		if err := checkScopes(&d); err == nil || !strings.Contains(err.Error(), "declares no scope") {
			t.Errorf("%+v: %v", d, err)
		}
	}
}

// A door without what it needs is not built.
func TestNewRefuses(t *testing.T) {
	good := func() Options {
		return Options{
			Payments: struct{ Payments }{}, Vault: struct{ Vault }{}, Shops: struct{ Shops }{}, Directory: &shop.Directory{}, Clock: time.Now, Logger: slog.New(slog.DiscardHandler),
			Key: []byte("a key of the tests, thirty-two bytes"),
		}
	}
	if _, err := New(good()); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Options){
		"payments":  func(o *Options) { o.Payments = nil },
		"vault":     func(o *Options) { o.Vault = nil },
		"shops":     func(o *Options) { o.Shops = nil },
		"directory": func(o *Options) { o.Directory = nil },
		"clock":     func(o *Options) { o.Clock = nil },
		"logger":    func(o *Options) { o.Logger = nil },
		"short key": func(o *Options) { o.Key = []byte("short") },
		"key of no shop": func(o *Options) {
			o.Directory.Now().Keys = map[[32]byte]*shop.Key{{}: {Tenant: shop.Tenant{Shop: "nobody", Environment: shop.Test}}}
		},
	} {
		o := good()
		spoil(&o)
		if _, err := New(o); err == nil {
			t.Errorf("%s: built all the same", name)
		}
	}
}
