package proc

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Postgres starts an empty PostgreSQL server of the machine's own packages on addr,
// as it is set up by itself: every commit is synced. Settings, such as
// "max_connections=200", change that. It refuses to run as root, so then it runs as the
// user postgres, in a folder of that user's under the system's temporary one; the caller
// removes the folder.
func Postgres(logDir, addr string, settings ...string) (p *Process, folder string, err error) {
	in, err := newCluster()
	if err != nil {
		return nil, in.folder, err
	}
	if err := in.run("initdb", "-D", in.data(), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions"); err != nil {
		return nil, in.folder, err
	}
	p, err = in.start("postgres", logDir, addr, settings)
	return p, in.folder, err
}

// Standby starts a server that follows the one at primary, from a copy of all it has, and
// with the settings it was given by ALTER SYSTEM. The caller removes the folder.
func Standby(logDir, addr, primary string, settings ...string) (p *Process, folder string, err error) {
	in, err := newCluster()
	if err != nil {
		return nil, in.folder, err
	}
	if err := in.run("pg_basebackup", "-d", "postgres://postgres@"+primary+"/postgres?application_name=standby", "-D", in.data(), "-R", "-C", "-S", "standby", "--checkpoint=fast"); err != nil {
		return nil, in.folder, err
	}
	p, err = in.start("standby", logDir, addr, settings)
	return p, in.folder, err
}

// cluster is a folder of PostgreSQL's, and how its programs are run there.
type cluster struct {
	bin, folder string
	as          []string // another user
}

func newCluster() (in cluster, err error) {
	if in.bin, err = postgresBin(); err != nil {
		return in, err
	}
	if in.folder, err = os.MkdirTemp("/tmp", "kessai-bench-pg-"); err != nil {
		return in, err
	}
	if os.Getuid() == 0 {
		in.as = []string{"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"}
		if out, err := exec.Command("chown", "postgres:postgres", in.folder).CombinedOutput(); err != nil {
			return in, fmt.Errorf("chown: %w: %s", err, out)
		}
	}
	return in, nil
}

func (in *cluster) data() string { return filepath.Join(in.folder, "data") }

// line is how a program of PostgreSQL's is called.
func (in *cluster) line(name string, args ...string) (string, []string) {
	all := slices.Concat(in.as, []string{filepath.Join(in.bin, name)}, args)
	return all[0], all[1:]
}

func (in *cluster) run(name string, args ...string) error {
	program, args := in.line(name, args...)
	cmd := exec.Command(program, args...)
	cmd.Dir = in.folder
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

func (in *cluster) start(name, logDir, addr string, settings []string) (*Process, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	args := []string{"-D", in.data(), "-h", host, "-p", port, "-k", in.folder}
	for _, s := range append([]string{"shared_buffers=512MB", "max_wal_size=8GB", "max_connections=100"}, settings...) {
		args = append(args, "-c", s)
	}
	program, args := in.line("postgres", args...)
	return StartIn(in.folder, nil, name, logDir, program, args...)
}

// SQL runs a statement in a database of the server at addr, and gives what psql prints.
func SQL(addr, database, statement string) (string, error) {
	out, err := exec.Command("psql", "-X", "-A", "-t", "-q", "-c", statement, "postgres://postgres@"+addr+"/"+database).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", statement, err, out)
	}
	return strings.TrimSpace(string(out)), nil
}

// postgresBin is where the server's programs are: on the path, or where Debian puts
// them.
func postgresBin() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		path, err = filepath.EvalSymlinks(path) // the other programs lie beside it
		return filepath.Dir(path), err
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.New("PostgreSQL is not installed (Debian: postgresql)")
	}
	slices.Sort(found)
	return filepath.Dir(found[len(found)-1]), nil
}
