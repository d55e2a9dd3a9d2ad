package pgtest

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// installation is PostgreSQL as this machine has it, and the folder of this test
// process.
type installation struct {
	bin     string
	root    string              // owned by who runs the servers
	runAs   *syscall.Credential // nil: as we do
	servers atomic.Int64
	alive   io.Closer // what the janitor waits for; it must not be collected
	err     error
}

var (
	once sync.Once
	here = &installation{}
)

// install finds PostgreSQL and makes the cluster that every server is a copy of.
func install(t testing.TB) *installation {
	t.Helper()
	once.Do(func() { here.err = here.prepare() })
	if here.err != nil {
		t.Fatal(here.err)
	}
	return here
}

func (in *installation) prepare() error {
	if err := in.find(); err != nil {
		return err
	}
	if err := in.findUser(); err != nil {
		return err
	}
	if err := in.makeRoot(); err != nil {
		return err
	}
	out, err := in.command("initdb", "-D", filepath.Join(in.root, "template"), "-U", "postgres",
		"--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions").CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// find looks on the path, and where Debian puts it.
func (in *installation) find() error {
	if path, err := exec.LookPath("initdb"); err == nil {
		path, err = filepath.EvalSymlinks(path) // the other programs lie beside it
		in.bin = filepath.Dir(path)
		return err
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return fmt.Errorf("PostgreSQL is not installed: make install-postgres")
	}
	slices.Sort(found)
	in.bin = filepath.Dir(found[len(found)-1])
	return nil
}

// findUser: PostgreSQL refuses to run as root.
func (in *installation) findUser() error {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return fmt.Errorf("nobody to run PostgreSQL as: %w", err)
		}
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return err
	}
	in.runAs = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return nil
}

// makeRoot makes the folder of this test process. A janitor removes it when the
// process has ended, however it ended.
func (in *installation) makeRoot() (err error) {
	in.root, err = os.MkdirTemp("/tmp", "kessai-pg-") // not in TMPDIR, which may be closed to others
	if err != nil {
		return err
	}
	if in.root, err = filepath.EvalSymlinks(in.root); err != nil { // as the kernel names it: see processesIn
		return err
	}
	if in.runAs != nil {
		if err := os.Chown(in.root, int(in.runAs.Uid), int(in.runAs.Gid)); err != nil {
			return err
		}
	}
	janitor := exec.Command("sh", "-c", `cat >/dev/null; sleep 1; rm -rf "$1"`, "sh", in.root)
	if in.alive, err = janitor.StdinPipe(); err != nil { // it ends with us
		return err
	}
	return janitor.Start()
}

// command is a program of PostgreSQL, or another one, as the user who runs servers.
func (in *installation) command(name string, args ...string) *exec.Cmd {
	if path := filepath.Join(in.bin, name); fileExists(path) {
		name = path
	}
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = in.root, append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: in.runAs}
	return cmd
}

// run runs it to its end.
func (in *installation) run(t testing.TB, name string, args ...string) {
	t.Helper()
	if out, err := in.command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
