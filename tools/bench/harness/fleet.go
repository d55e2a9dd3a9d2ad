package harness

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"kessai.dev/kessai/tools/bench/proc"
)

// fleet is what a shop runs that must never stand still: servers, a database with a
// synchronous standby, and a Redis Cluster.
type fleet struct {
	*world
	servers   []*site
	databases [2]string // primary and standby
	database  [2]*proc.Process
	folders   []string
	cluster   *proc.RedisCluster
	config    string
	keys      string
	sold      sales
	faults    []*fault
	length    time.Duration
	began     time.Time // of the load
	most      int       // visits under way at once
}

// site is one server and where it is found.
type site struct {
	name, http, grpc, data string
	process                *proc.Process
	killed                 time.Time
	back                   atomic.Pointer[time.Time] // nil while it is away
}

// replicas are how many there are of what one must not be missed of.
const replicas = 3

func newFleet(o settings) (*fleet, error) {
	w, err := newWorld(o)
	if err != nil {
		return nil, err
	}
	w.seen, w.booksHarmed = newHistories(), true
	f := &fleet{world: w, keys: filepath.Join(w.dir, "keys"), length: time.Duration(o.seconds) * time.Second}
	if err := f.begin(); err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

func (f *fleet) begin() (err error) {
	if err := f.build(); err != nil {
		return err
	}
	for i := range replicas {
		s := &site{name: fmt.Sprint("server", i+1), data: filepath.Join(f.dir, fmt.Sprint("data", i+1))}
		f.servers = append(f.servers, s)
	}
	ports := []*string{&f.simAt, &f.databases[0], &f.databases[1]}
	for _, s := range f.servers {
		ports = append(ports, &s.http, &s.grpc)
	}
	for _, at := range ports {
		if *at, err = proc.LastingPort(); err != nil {
			return err
		}
	}
	for _, start := range []func() error{f.startSimulator, f.startDatabases, f.startCluster, f.configure, f.startServers} {
		if err := start(); err != nil {
			return err
		}
	}
	for range 3 { // in turn, so that one call after the other goes to another server
		for _, s := range f.servers {
			if err := f.connect(s.grpc, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// startDatabases starts the primary, and a standby of it that every commit waits for.
// The standby has that setting, too: once it takes over, it is told to wait for nobody.
func (f *fleet) startDatabases() (err error) {
	start := func(i int, with func() (*proc.Process, string, error)) error {
		p, folder, err := with()
		f.folders = append(f.folders, folder)
		if f.database[i] = p; err != nil {
			return err
		}
		_, err = p.Wait(patience, func() error { return f.sql(i, "SELECT 1") })
		return err
	}
	err = start(0, func() (*proc.Process, string, error) {
		return proc.Postgres(f.dir, f.databases[0], "max_connections=200")
	})
	if err != nil {
		return err
	}
	want, names := "sync", "standby"
	if f.unsafe {
		want, names = "async", ""
	}
	if err := f.sql(0, "CREATE DATABASE kessai", "ALTER SYSTEM SET synchronous_standby_names = '"+names+"'", reload); err != nil {
		return err
	}
	err = start(1, func() (*proc.Process, string, error) {
		return proc.Standby(f.dir, f.databases[1], f.databases[0], "max_connections=200")
	})
	if err != nil {
		return err
	}
	_, err = f.database[1].Wait(patience, func() error {
		state, err := proc.SQL(f.databases[0], "postgres", "SELECT sync_state FROM pg_stat_replication")
		if err == nil && state != want {
			err = fmt.Errorf("the standby is %q", state)
		}
		return err
	})
	return err
}

// reload has a server take in what ALTER SYSTEM wrote.
const reload = "SELECT pg_reload_conf()"

// sql runs statements, each by itself, at one of the databases.
func (f *fleet) sql(database int, statements ...string) error {
	for _, statement := range statements {
		if _, err := proc.SQL(f.databases[database], "postgres", statement); err != nil {
			return err
		}
	}
	return nil
}

func (f *fleet) startCluster() (err error) {
	f.cluster, err = proc.NewRedisCluster(filepath.Join(f.dir, "redis"), replicas)
	return err
}

// dsn names both databases; the one that takes writes is looked for.
func (f *fleet) dsn() string {
	return "postgres://postgres@" + strings.Join(f.databases[:], ",") + "/kessai?sslmode=disable&target_session_attrs=read-write"
}

// configure writes the one config file of all servers.
func (f *fleet) configure() error {
	f.config = filepath.Join(f.dir, "kessai.json")
	text, err := json.Marshal(map[string]string{
		"ledger": f.dsn(), "key-dir": f.keys, "redis": "redis+cluster://" + strings.Join(f.cluster.Addrs, ","),
		"provider": "http://" + f.simAt + "/test_gateway", "log-level": "warn",
	})
	if err != nil {
		return err
	}
	return os.WriteFile(f.config, text, 0o600)
}

// startServers starts all at the same moment.
func (f *fleet) startServers() error {
	for i := range f.servers {
		if err := f.launch(i); err != nil {
			return err
		}
	}
	for i := range f.servers {
		if _, err := f.await(i); err != nil {
			return err
		}
	}
	return nil
}

func (f *fleet) launch(i int) (err error) {
	s := f.servers[i]
	s.process, err = proc.Start(s.name, f.dir, f.program, "--config", f.config, "--listen", s.http, "--grpc-listen", s.grpc, "--data", s.data)
	return err
}

func (f *fleet) await(i int) (time.Duration, error) {
	s := f.servers[i]
	return s.process.Wait(patience, func() error { return proc.Dial(s.grpc) })
}

// stop asks every server to end in order.
func (f *fleet) stop(context.Context) error {
	for _, s := range f.servers {
		if err := s.process.Stop(patience); err != nil {
			f.book.differ("%s does not stop cleanly: %v\n%s", s.name, err, s.process.Tail())
		}
	}
	return nil
}

func (f *fleet) close() {
	for _, s := range f.servers {
		if s.process != nil {
			s.process.Kill()
		}
	}
	for _, p := range f.database {
		if p != nil {
			p.KillAll()
		}
	}
	for _, folder := range f.folders {
		_ = os.RemoveAll(folder)
	}
	if f.cluster != nil {
		f.cluster.Close()
	}
	f.world.close()
}
