package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthgrpc "google.golang.org/grpc/health/grpc_health_v1"

	"kessai.dev/kessai/tools/bench/load"
	"kessai.dev/kessai/tools/bench/proc"
)

// memory is what a server holds that does nothing: as it starts, and after a
// few seconds of load.
func memory(ctx context.Context, b *bench) error {
	const limit = 100 << 20
	s, err := b.freshKessai(instant(0))
	if err != nil {
		return err
	}
	defer s.stop()
	time.Sleep(2 * time.Second)
	idle, err := proc.RSSAnon(s.PID)
	if err != nil {
		return err
	}
	before, err := b.redisFigures()
	if err != nil {
		return err
	}
	r := load.Closed(ctx, 64, 2*b.length, s.conn.Create())
	if r.FirstErr != nil {
		return r.FirstErr
	}
	kept, err := b.redisFigures()
	if err != nil {
		return err
	}
	calm(ctx, s)
	time.Sleep(5 * time.Second)
	after, err := proc.RSSAnon(s.PID)
	if err != nil {
		return err
	}
	fmt.Printf("\n## Memory: RssAnon, without mapped files\n\n| when | MiB | goal | verdict |\n|---|---:|---:|---|\n")
	fmt.Printf("| idle, two seconds after the start, empty ledger | %.1f | ≤ 100 MB | %s |\n", mib(idle), b.judge("idle memory ≤ 100 MB", idle <= limit, ""))
	fmt.Printf("| idle, five seconds after %d payments | %.1f | – | – |\n", len(r.Latencies), mib(after))
	each := 1 / float64(len(r.Latencies))
	fmt.Printf("\n| Redis, of a payment | |\n|---|---:|\n| keys, kept for a day | %.2f |\n| memory, bytes | %.0f |\n| network, bytes, both ways | %.0f |\n",
		(kept.keys-before.keys)*each, (kept.memory-before.memory)*each, (kept.network-before.network)*each)
	return nil
}

// redisFigures are how many keys Redis has, what they take, and what has gone through its
// connections.
type redisFigures struct{ keys, memory, network float64 }

func (b *bench) redisFigures() (f redisFigures, err error) {
	keys, err := proc.RedisCommand(b.redisAt, "DBSIZE")
	if err == nil {
		_, err = fmt.Sscanf(keys, ":%f", &f.keys)
	}
	for _, name := range []string{"total_net_input_bytes", "total_net_output_bytes"} {
		var n float64
		if err == nil {
			n, err = proc.RedisFigure(b.redisAt, name)
		}
		f.network += n
	}
	if err == nil {
		f.memory, err = proc.RedisFigure(b.redisAt, "used_memory")
	}
	return f, err
}

func mib(n int64) float64 { return float64(n) / (1 << 20) }

// start is the time from starting the process to the first healthy answer.
func start(ctx context.Context, b *bench) error {
	fmt.Printf("\n## Start: from the process' start to the first healthy answer\n\n| books | runs | median ms | max ms | goal | verdict |\n|---|---:|---:|---:|---:|---|\n")
	dir, err := b.folder("data")
	if err != nil {
		return err
	}
	runs, err := b.startTimes(ctx, dir, 5)
	if err != nil {
		return err
	}
	fmt.Printf("| empty | %d | %.0f | %.0f | – | – |\n", len(runs), ms(runs[len(runs)/2]), ms(runs[len(runs)-1]))
	if b.preload == 0 {
		return nil
	}
	payments := min(b.preload, 1_000_000) // what the goal speaks of
	if dir, err = b.preloaded(ctx, payments); err != nil {
		return err
	}
	if runs, err = b.startTimes(ctx, dir, 5); err != nil {
		return err
	}
	middle, least, word := runs[len(runs)/2], "–", "–"
	if payments == 1_000_000 {
		least = "≤ 1000"
		word = b.judge("start with a million payments ≤ 1 s", middle <= time.Second, "")
	}
	fmt.Printf("| %d payments, in the page cache | %d | %.0f | %.0f | %s | %s |\n", payments, len(runs), ms(middle), ms(runs[len(runs)-1]), least, word)
	return nil
}

func (b *bench) startTimes(ctx context.Context, dir string, runs int) ([]time.Duration, error) {
	var times []time.Duration
	for range runs {
		began := time.Now()
		s, err := b.startKessai(dir, instant(0))
		if err != nil {
			return nil, err
		}
		_, err = s.Wait(patience, func() error { return healthy(ctx, s.grpc) })
		took := time.Since(began)
		s.hang()
		s.hang = nil
		if stopped := s.Stop(patience); err == nil {
			err = stopped
		}
		if err != nil {
			return nil, fmt.Errorf("%w\n%s", err, s.Tail())
		}
		times = append(times, took)
	}
	slices.Sort(times)
	return times, ctx.Err()
}

// healthy asks grpc.health.v1, which says SERVING once the server takes
// payments.
func healthy(ctx context.Context, addr string) error {
	c, err := grpc.NewClient("passthrough:///"+addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer c.Close()
	out, err := healthgrpc.NewHealthClient(c).Check(ctx, &healthgrpc.HealthCheckRequest{})
	if err == nil && out.GetStatus() != healthgrpc.HealthCheckResponse_SERVING {
		err = fmt.Errorf("health: %s", out.GetStatus())
	}
	return err
}

// first is what somebody waits for who has just cloned the repository: from
// `go run ./server` to the first authorized payment.
func first(ctx context.Context, b *bench) error {
	const limit = 60 * time.Second
	fmt.Printf("\n## First payment: from `go run ./server` to the first authorized payment by curl's request\n\n| build cache | s | goal | verdict |\n|---|---:|---:|---|\n")
	took, err := b.firstPayment(ctx, nil)
	if err != nil {
		return err
	}
	fmt.Printf("| as it is | %.1f | ≤ 60 | %s |\n", took.Seconds(), b.judge("first payment within 60 s, warm build cache", took <= limit, ""))
	if !b.cold {
		return nil
	}
	cache, err := b.folder("gocache")
	if err != nil {
		return err
	}
	if took, err = b.firstPayment(ctx, []string{"GOCACHE=" + cache}); err != nil {
		return err
	}
	fmt.Printf("| empty, modules downloaded | %.1f | ≤ 60 | %s |\n", took.Seconds(), b.judge("first payment within 60 s, cold build cache", took <= limit, ""))
	if err := os.RemoveAll(cache); err != nil {
		return err
	}
	for _, l := range limits {
		if took, err = b.compile(ctx, l.packages); err != nil {
			return err
		}
		fmt.Printf("| empty: what the compiler needs for %s | %.1f | – | – |\n", l.name, took.Seconds())
	}
	return nil
}

// limits are what a first start with an empty build cache waits for whatever the house does:
// without any code of its own. They bring the standard library with them.
var limits = []struct {
	name     string
	packages []string
}{
	{"the floor's libraries alone (gRPC, Redis, bbolt)", []string{
		"google.golang.org/grpc", "github.com/redis/go-redis/v9", "go.etcd.io/bbolt",
	}},
	{"those of the doors, the books and what watches them alone", []string{
		"google.golang.org/grpc", "github.com/redis/go-redis/v9", "go.etcd.io/bbolt",
		"connectrpc.com/connect/v2/connecthttp", "github.com/grpc-ecosystem/grpc-gateway/v2/runtime",
		"github.com/jackc/pgx/v5/pgxpool", "github.com/pressly/goose/v3",
		"github.com/prometheus/client_golang/prometheus/promhttp", "go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp",
	}},
}

// compile builds packages of the house's module with an empty build cache.
func (b *bench) compile(ctx context.Context, packages []string) (time.Duration, error) {
	cache, err := b.folder("gocache")
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, "go", append([]string{"build"}, packages...)...)
	cmd.Dir, cmd.Env = root, append(os.Environ(), "GOCACHE="+cache)
	began := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w\n%s", err, out)
	}
	return time.Since(began), os.RemoveAll(cache)
}

func (b *bench) firstPayment(ctx context.Context, env []string) (time.Duration, error) {
	dir, err := b.folder("first")
	if err != nil {
		return 0, err
	}
	addrs := make([]string, 3)
	for i := range addrs {
		if addrs[i], err = proc.Loopback(); err != nil {
			return 0, err
		}
	}
	began := time.Now()
	p, err := proc.StartIn(root, env, "first", dir, "go", "run", "./server", "--listen", addrs[0], "--grpc-listen", addrs[1],
		"--simulator-listen", addrs[2], "--data", filepath.Join(dir, "data"))
	if err != nil {
		return 0, err
	}
	defer p.Kill()
	_, err = p.Wait(15*time.Minute, func() error { return firstCurl(ctx, addrs[0]) })
	return time.Since(began), err
}

// firstCurl sends what the README's first curl sends.
func firstCurl(ctx context.Context, addr string) error {
	body := []byte(`{"amount":5080,"orderNumber":"1396","cardToken":"SIMAPPROVED00000"}`)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr+"/v1/payments", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", load.DemoKey)
	r.Header.Set("Idempotency-Key", "a1")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	switch {
	case err != nil:
		return err
	case res.StatusCode != http.StatusOK || !bytes.Contains(b, []byte("STATE_AUTHORIZED")):
		return fmt.Errorf("%s: %s", res.Status, b)
	}
	return nil
}
