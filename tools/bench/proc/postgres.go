package proc

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// Postgres starts an empty PostgreSQL server of the machine's own packages on addr,
// as it is set up by itself: every commit is synced. It refuses to run as root, so
// then it runs as the user postgres, in a folder of that user's under the system's
// temporary one; the caller removes the folder.
func Postgres(logDir, addr string) (p *Process, folder string, err error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, "", err
	}
	bin, err := postgresBin()
	if err != nil {
		return nil, "", err
	}
	if folder, err = os.MkdirTemp("/tmp", "kessai-bench-pg-"); err != nil {
		return nil, "", err
	}
	var as []string
	if os.Getuid() == 0 {
		as = []string{"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"}
		if out, err := exec.Command("chown", "postgres:postgres", folder).CombinedOutput(); err != nil {
			return nil, folder, fmt.Errorf("chown: %w: %s", err, out)
		}
	}
	run := func(args ...string) (string, []string) {
		args[0] = filepath.Join(bin, args[0])
		args = append(slices.Clone(as), args...)
		return args[0], args[1:]
	}
	data := filepath.Join(folder, "data")
	name, args := run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions")
	initdb := exec.Command(name, args...)
	initdb.Dir = folder
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, folder, fmt.Errorf("initdb: %w: %s", err, out)
	}
	name, args = run("postgres", "-D", data, "-h", host, "-p", port, "-k", folder, "-c", "shared_buffers=512MB", "-c", "max_wal_size=8GB", "-c", "max_connections=100")
	if p, err = StartIn(folder, nil, "postgres", logDir, name, args...); err != nil {
		return nil, folder, err
	}
	return p, folder, nil
}

// postgresBin is where the server's programs are: on the path, or where Debian puts
// them.
func postgresBin() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errors.New("PostgreSQL is not installed (Debian: postgresql)")
	}
	slices.Sort(found)
	return filepath.Dir(found[len(found)-1]), nil
}
