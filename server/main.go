// Command server is kessai: the payment backend, its simulated provider and
// its tools, in one binary.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"
)

// version is set at release with -ldflags "-X main.version=…".
var version = "dev"

// commands is the command line.
type commands struct {
	Config  kong.ConfigFlag  `help:"JSON file with flags by name, and with shops, contracts and keys." placeholder:"FILE"`
	Version kong.VersionFlag `help:"Print the version and leave." env:"-"`

	Serve    serveCommand    `cmd:"" default:"withargs" help:"Serve payments (the default)."`
	Simulate simulateCommand `cmd:"" help:"Run the simulated provider alone."`
	Verify   verifyCommand   `cmd:"" help:"Prove the books offline: every record, chain, seal and amount."`
	Doctor   doctorCommand   `cmd:"" help:"Look for what is wrong: settings, provider, certificates, clocks, disk, books; status 1 if something is."`
	Health   healthCommand   `cmd:"" help:"Ask a server on this machine whether it lives, or is ready; status 1 if not."`
	Backup   backupCommand   `cmd:"" help:"Back up the books and keys, while the server runs or not, and prove the copy."`
	Restore  restoreCommand  `cmd:"" help:"Make a data folder of a backup, and prove it."`
	Drill    drillCommand    `cmd:"" help:"Restore the newest backup for a trial, prove it, tell how old it is, and remove it again."`
	Standby  standbyCommand  `cmd:"" help:"Follow the primary of --ship on another machine, or take its place."`
	Ledger   ledgerCommand   `cmd:"" help:"The books: copy them."`
	Rotate   rotateCommand   `cmd:"" help:"Make new keys for the secrets of members' cards on file and of contracts; the server must be stopped."`
	Key      keyCommand      `cmd:"" help:"Make an access key, and the hash of it for the config file."`
}

// streams is where a command writes, and its way to be told to stop.
type streams struct {
	ctx      context.Context //nolint:containedctx // the life of the process
	out, err io.Writer
	config   string
}

// What lives is small (a bounded cache), so the heap may grow to seventeen times
// of it before it is cleaned, up to the limit, beyond which it is cleaned more
// often: a fifth of the CPU per payment (docs/performance.md). GOGC and
// GOMEMLIMIT in the environment win.
const (
	gcPercent   = 1600
	memoryLimit = 512 << 20
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program; the code it gives is the process'.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c commands
	left := -1
	parser, err := kong.New(&c, kong.Name("kessai"),
		kong.Description("Card payments through クロネコ Web Collect, run by the shop itself."),
		kong.Configuration(configFile), kong.DefaultEnvars("KESSAI"), kong.Vars{"version": version},
		kong.Writers(stdout, stderr), kong.UsageOnError(), kong.Exit(func(code int) { left = code }))
	if err != nil {
		fmt.Fprintln(stderr, "kessai:", err)
		return 2
	}
	call, err := parser.Parse(args)
	switch {
	case left >= 0: // --help or --version has spoken
		return left
	case err != nil:
		fmt.Fprintln(stderr, "kessai:", err)
		return 2
	}
	err = call.Run(&streams{ctx: ctx, out: stdout, err: stderr, config: string(c.Config)})
	var status exitStatus
	switch {
	case errors.As(err, &status):
		return int(status)
	case err != nil:
		fmt.Fprintln(stderr, "kessai:", err)
		return 1
	}
	return 0
}

// exitStatus ends the process with a code after the command has said why.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("status %d", int(s)) }
