// Command failover proves that a shop goes on selling, and keeps its books, while what
// it runs on is killed. It starts a PostgreSQL primary with a synchronous standby, a Redis
// Cluster of three nodes, three servers on both, and the simulator; has visitors pay at a
// fixed rate at whatever server is there; kills the primary and promotes the standby,
// kills a node of Redis, kills a server and starts it again, in an order of the seed's;
// and then holds what was acknowledged, kessai's books and the simulator's books against
// each other.
//
//	go run ./failover -seconds 60 -rate 200 -seed N
//
// It exits with status 1 on any difference. The seed fixes what is asked for and which
// fault comes when; how the processes interleave it cannot fix.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"kessai.dev/kessai/tools/bench/harness"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := harness.Failover(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "failover:", err)
		os.Exit(1)
	}
}
