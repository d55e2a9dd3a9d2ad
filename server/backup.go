package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
)

type backupCommand struct {
	Data   string `default:"./data" help:"Folder of the books and keys." type:"path"`
	Ledger string `help:"The books: bolt:PATH. Empty: bolt in --data." placeholder:"URL"`
	KeyDir string `name:"key-dir" help:"Folder of server.key, vault.keys and shops.keys. Empty: --data." type:"path" placeholder:"DIR"`
	To     string `required:"" help:"Folder that the backup goes to, as a folder of its own." type:"path" placeholder:"DIR"`
}

// Run has the running server make a backup, or makes it itself if none runs.
func (c *backupCommand) Run(s *streams) error {
	f := Flags{Data: c.Data, Ledger: c.Ledger, KeyDir: c.KeyDir}
	dir, err := f.ledgerDir()
	if err != nil {
		return err
	}
	if dir == "" {
		return errDatabaseBackup
	}
	answer, err := askServer(s.ctx, c.Data, errand{To: c.To})
	m := answer.Backup
	if errors.Is(err, errNoServer) {
		m, err = makeBackup(s.ctx, c.To, f.keysDir(), time.Now(), func(to string) error { return ledgerbolt.CopyFiles(s.ctx, dir, to) })
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.out, "backup     %s\nrecords    %d\nhead       %s\nproved     every record, chain, seal and amount\n", answer.dirOf(m), m.Records, m.Head)
	return err
}

var (
	errDatabaseBackup = errors.New("books in a database are backed up by the database's own tools (docs/operations.md)")
	errNoServer       = errors.New("no server runs on --data")
)

// The running server listens for errands on a socket in --data, where only its
// owner comes.
const errandsFile = "errands.sock"

// errand is what a command asks of the running server: a backup, or, without To,
// only where its books end.
type errand struct {
	To string `json:"to,omitempty"`
}

type errandAnswer struct {
	Error   string    `json:"error,omitempty"`
	Dir     string    `json:"dir,omitempty"`
	Backup  *manifest `json:"backup,omitempty"`
	Records uint64    `json:"records,omitempty"`
}

func (a *errandAnswer) dirOf(m *manifest) string {
	if a.Dir != "" {
		return a.Dir
	}
	return m.dir
}

// askServer runs an errand; errNoServer: nobody listens.
func askServer(ctx context.Context, data string, e errand) (a errandAnswer, err error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", filepath.Join(data, errandsFile))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) {
		return a, errNoServer
	}
	if err != nil {
		return a, err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() }) // ends what waits
	defer func() { stop(); _ = conn.Close() }()
	if err := json.NewEncoder(conn).Encode(e); err != nil {
		return a, err
	}
	if err := json.NewDecoder(conn).Decode(&a); err != nil {
		return a, fmt.Errorf("the server did not answer: %w", err)
	}
	if a.Error != "" {
		return a, errors.New(a.Error)
	}
	return a, nil
}

// hotBooks are books that can be copied while they are in use.
type hotBooks interface {
	CopyTo(ctx context.Context, dir string) error
}

// openBackups listens for errands, and makes backups by itself with --backup.
func (s *server) openBackups(ctx context.Context) error {
	if _, hot := s.books.(hotBooks); !hot {
		if s.flags.Backup != "" {
			return fmt.Errorf("--backup: %w", errDatabaseBackup)
		}
		return nil
	}
	work := s.untilSweepEnds(ctx)
	if err := s.listenErrands(work); err != nil {
		return err
	}
	if s.flags.Backup == "" {
		return nil
	}
	made := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kessai_backups_total", Help: "Backups that --backup made, by how they ended."}, []string{"outcome"})
	made.WithLabelValues("done")
	made.WithLabelValues("failed")
	s.observer.registry.MustRegister(made, prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "kessai_backup_age_seconds", Help: "Age of the newest whole backup in --backup; +Inf: there is none.",
	}, s.backupAge))
	s.sweeping.Go(func() { s.backUpAlways(work, made) })
	return nil
}

func (s *server) listenErrands(ctx context.Context) error {
	path := filepath.Join(s.flags.Data, errandsFile)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a process that died: the books are ours alone
		return err
	}
	l, err := net.Listen("unix", path)
	if err != nil { // such as a path that is too long for a socket
		s.logger.Warn("no errands are taken: kessai backup works only with the server stopped", "error", err)
		return nil
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return errors.Join(err, l.Close())
	}
	context.AfterFunc(ctx, func() { _ = l.Close() }) // which removes it
	s.sweeping.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			s.runErrand(ctx, conn)
		}
	})
	return nil
}

// errandWait is how long a command may take to say what it wants.
const errandWait = 5 * time.Second

func (s *server) runErrand(ctx context.Context, conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetReadDeadline(time.Now().Add(errandWait)) // a socket of this machine
	var e errand
	var a errandAnswer
	err := json.NewDecoder(conn).Decode(&e)
	switch {
	case err != nil:
	case e.To == "":
		a.Records, err = s.books.Last(ctx)
	case !filepath.IsAbs(e.To):
		err = errors.New("--to: want an absolute path")
	default:
		if a.Backup, err = s.backUp(ctx, e.To); err == nil {
			a.Dir = a.Backup.dir
		}
	}
	if err != nil {
		a.Error = err.Error()
	}
	_ = json.NewEncoder(conn).Encode(a) // who asked may be gone
}

// backUp makes one backup of the books in use, one at a time.
func (s *server) backUp(ctx context.Context, to string) (*manifest, error) {
	s.backingUp.Lock()
	defer s.backingUp.Unlock()
	m, err := makeBackup(ctx, to, s.flags.keysDir(), s.clock(), func(dir string) error {
		d, ok := s.deliveries.(hotBooks)
		if !ok {
			return errors.New("the deliveries cannot be copied")
		}
		if err := d.CopyTo(ctx, dir); err != nil { // before the journal
			return err
		}
		return s.books.(hotBooks).CopyTo(ctx, dir)
	})
	if err != nil {
		s.logger.LogAttrs(ctx, slog.LevelError, "no backup was made", slog.String("to", to), slog.Any("error", err))
		return nil, err
	}
	s.logger.LogAttrs(ctx, slog.LevelInfo, "a backup was made and proved", slog.String("dir", m.dir), slog.Uint64("records", m.Records))
	return m, nil
}

// How often it is looked whether a backup is due, and how long one that failed waits.
const (
	backupLook  = 5 * time.Second
	backupAgain = 10 * time.Minute
)

func (s *server) backUpAlways(ctx context.Context, made *prometheus.CounterVec) {
	tick := time.NewTicker(backupLook)
	defer tick.Stop()
	var again time.Time
	for {
		s.lookAtBackups()
		if now := s.clock(); !now.Before(again) && s.backupAge() >= s.flags.BackupEvery.Seconds() {
			_, err := s.backUp(ctx, s.flags.Backup)
			if err == nil {
				err = prune(s.flags.Backup, s.flags.BackupKeep)
			}
			if err != nil {
				s.logger.LogAttrs(ctx, slog.LevelError, "backup failed, tried again later", slog.Any("error", err))
				made.WithLabelValues("failed").Inc()
				again = now.Add(backupAgain)
			} else {
				made.WithLabelValues("done").Inc()
				s.lookAtBackups()
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// lookAtBackups remembers when the newest backup was made. It may hang with the folder: so
// nobody else looks there.
func (s *server) lookAtBackups() {
	newest := newestBackup(s.flags.Backup)
	s.newestBackup.Store(&newest)
}

// backupAge is how old the newest backup is that was seen in --backup, in seconds; +Inf: none was.
func (s *server) backupAge() float64 {
	newest := s.newestBackup.Load()
	if newest == nil || newest.IsZero() {
		return math.Inf(1)
	}
	return s.clock().Sub(*newest).Seconds()
}
