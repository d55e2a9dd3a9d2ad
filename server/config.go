package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Flags are the settings of the server, each also as environment KESSAI_… and as a key of the --config file under the flag's own name; a flag beats the
// environment, which beats the file.
type Flags struct {
	Listen          string        `default:"127.0.0.1:8080" help:"Address of gRPC, gRPC-Web, Connect and REST. Outside loopback it needs --tls-cert and --tls-key."`
	GRPCListen      string        `name:"grpc-listen" default:"127.0.0.1:9090" help:"Address of native gRPC, the fast lane for servers."`
	SimulatorListen string        `default:"127.0.0.1:8099" help:"Address of the simulated provider. Unused with --provider, and once a shop is in PRODUCTION."`
	Data            string        `default:"./data" help:"Folder of the books and keys. One process at a time." type:"path"`
	KeyDir          string        `name:"key-dir" help:"Folder of server.key, vault.keys, shops.keys, and with a database master.key and seal.key: the same for all processes on one database. Empty: --data." type:"path" placeholder:"DIR"`
	Redis           string        `help:"Redis for sessions: redis://host:port/db, redis+sentinel://hosts/db?master=name or redis+cluster://hosts. Empty: embedded." placeholder:"URL"`
	Ledger          string        `help:"The books: bolt:PATH, or a database, postgres://user@host1,host2/database. Empty: bolt in --data." placeholder:"URL"`
	LedgerReplica   string        `name:"ledger-replica" help:"A standby of the books' database, for lists, exports and reports: postgres://user@host/database. Empty: they are read like everything else." placeholder:"URL"`
	Provider        string        `help:"Base of another TEST provider, such as http://127.0.0.1:9999/test_gateway; then no simulator is started. instant:DURATION approves everything in process, for benchmarks." placeholder:"URL"`
	PublicURL       string        `name:"public-url" help:"Where browsers reach this server; https outside loopback." placeholder:"URL"`
	TLSCert         string        `name:"tls-cert" help:"Certificate file (PEM)." type:"path"`
	TLSKey          string        `name:"tls-key" help:"Key file of the certificate (PEM)." type:"path"`
	Backup          string        `help:"Folder that the server backs books and keys up to by itself. The doctor tells the age of the newest file in it." type:"path" placeholder:"DIR"`
	BackupEvery     time.Duration `name:"backup-every" default:"6h" help:"How often, with --backup."`
	BackupKeep      int           `name:"backup-keep" default:"28" help:"How many backups of --backup are kept; 0: all."`
	Ship            string        `help:"Folder that the books are shipped to at once, for a standby (kessai standby) and to go back to any moment." type:"path" placeholder:"DIR"`
	DrainDelay      time.Duration `name:"drain-delay" default:"0s" help:"How long calls are still served after SIGTERM, while /readyz says NOT_READY: as long as your proxy needs to notice. A second signal ends it."`
	LogLevel        string        `default:"info" enum:"debug,info,warn,error" help:"Least level that is logged: ${enum}."`

	// productionBase is the provider in PRODUCTION; empty: its own address. No
	// flag, environment or file can set it: real cards go nowhere else. Tests of
	// this package put the simulator's production side here (R24).
	productionBase string
	// freeSpace is how much room a folder's disk has; nil: asked of the system.
	freeSpace func(dir string) (bytes uint64, known bool)
}

// instant reads the delay of an in-process provider, "instant:50ms".
func (f *Flags) instant() (time.Duration, bool, error) {
	s, ok := strings.CutPrefix(f.Provider, "instant:")
	if !ok {
		return 0, false, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, true, fmt.Errorf("--provider %s: want instant:DURATION, such as instant:50ms", f.Provider)
	}
	return d, true, nil
}

// simulates reports whether this process starts the simulator.
func (f *Flags) simulates() bool { return f.Provider == "" }

// check refuses settings that cannot be served safely, all at once.
func (f *Flags) check() error {
	var errs []error
	say := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	for name, addr := range map[string]string{"--listen": f.Listen, "--grpc-listen": f.GRPCListen, "--simulator-listen": f.SimulatorListen} {
		host, _, err := net.SplitHostPort(addr)
		switch {
		case err != nil:
			say("%s %q: want host:port", name, addr)
		case name == "--simulator-listen" && !loopback(host):
			say("%s %q: the simulator takes no real money and listens on loopback only", name, addr)
		case !loopback(host) && f.TLSCert == "":
			say("%s %q is not loopback: give --tls-cert and --tls-key (TLS 1.2 or newer is a must), or put a TLS proxy on this machine before a loopback address", name, addr)
		}
	}
	if (f.TLSCert == "") != (f.TLSKey == "") {
		say("--tls-cert and --tls-key go together")
	}
	if _, _, err := f.instant(); err != nil {
		errs = append(errs, err)
	}
	if _, err := f.ledgerDir(); err != nil {
		errs = append(errs, err)
	}
	errs = append(errs, f.checkReplica())
	if f.Backup != "" && (f.BackupEvery <= 0 || f.BackupKeep < 0) {
		say("--backup-every must be more than 0, and --backup-keep 0 or more")
	}
	if f.DrainDelay < 0 {
		say("--drain-delay %s: want 0 or more", f.DrainDelay)
	}
	errs = append(errs, checkPublicURL(f.PublicURL))
	return errors.Join(errs...)
}

// maxPublicURL leaves room under the provider's 128 characters for the path of
// the 3-D Secure return (P51).
const maxPublicURL = 128 - len("/3ds/return/") - 43

func checkPublicURL(s string) error {
	if s == "" {
		return nil
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("--public-url %q: want https://host, without a path: pages and calls lie at the root", s)
	case u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())):
		return fmt.Errorf("--public-url %q: must be https outside loopback", s)
	case len(s) > maxPublicURL:
		return fmt.Errorf("--public-url %q: longer than %d characters, so the provider would refuse the return address", s, maxPublicURL)
	}
	return nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}
