// Command crash proves that no acknowledged payment is ever lost, doubled or
// changed, whatever happens to the process. It starts the simulator as a
// process of its own, which is never harmed, and the server, which is; drives
// a mixed load over gRPC; keeps every acknowledged answer in memory; and holds
// them, kessai's books and the simulator's books against each other.
//
//	go run ./crash                       all three, one after the other
//	go run ./crash -kills 200            SIGKILL at random moments (P06, P18, P19)
//	go run ./crash -flush                Redis wiped, killed and started again under 1,000 payments (P07, P08)
//	go run ./crash -linear               64 verbs at once on one payment, again and again (P01, P02)
//
// It exits with status 1 on any difference. The seed fixes what is asked for
// and when the server is killed; how the processes interleave it cannot fix.
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
	if err := harness.Crash(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(1)
	}
}
