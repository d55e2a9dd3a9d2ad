package proc

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// Process is a child that was started. What it prints goes to a file.
type Process struct {
	Name string
	PID  int
	Log  string // path of the file with its output

	cmd  *exec.Cmd
	done chan struct{}
	once sync.Once
	err  error
}

// Start runs a program in a process group of its own. It dies with us.
func Start(name, logDir, program string, args ...string) (*Process, error) {
	return StartIn("", nil, name, logDir, program, args...)
}

// StartIn is Start in a folder, with further environment variables.
func StartIn(dir string, env []string, name, logDir, program string, args ...string) (*Process, error) {
	path := filepath.Join(logDir, name+".log")
	out, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	p := &Process{Name: name, PID: cmd.Process.Pid, Log: path, cmd: cmd, done: make(chan struct{})}
	go func() {
		p.err = cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// Done is closed when the process has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Kill ends the process and its group at once, as a power cut would, and
// waits until it is gone.
func (p *Process) Kill() {
	p.kill()
	p.once.Do(func() {})
}

func (p *Process) kill() {
	_ = syscall.Kill(-p.PID, syscall.SIGKILL)
	<-p.done
}

// Stop asks the process to end and gives the error it ended with; after
// patience it is killed, and that is an error too. It is no error to stop a
// process that has been stopped or killed before.
func (p *Process) Stop(patience time.Duration) (err error) {
	p.once.Do(func() {
		_ = syscall.Kill(-p.PID, syscall.SIGTERM)
		select {
		case <-p.done:
			err = p.err
		case <-time.After(patience):
			p.kill()
			err = fmt.Errorf("%s did not stop within %s", p.Name, patience)
		}
	})
	return err
}

// Tail is the end of what the process printed, for an error message.
func (p *Process) Tail() string {
	f, err := os.Open(p.Log)
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	const most = 2000
	if info, err := f.Stat(); err == nil && info.Size() > most {
		_, _ = f.Seek(-most, io.SeekEnd)
	}
	b, _ := io.ReadAll(f)
	return string(b)
}

// Wait tries ready every few milliseconds until it gives nil, the process
// ends, or patience is over. It returns how long that took from the call.
func (p *Process) Wait(patience time.Duration, ready func() error) (time.Duration, error) {
	began := time.Now()
	for {
		err := ready()
		took := time.Since(began)
		switch {
		case err == nil:
			return took, nil
		case took > patience:
			return took, fmt.Errorf("%s is not ready after %s: %w\n%s", p.Name, patience, err, p.Tail())
		}
		select {
		case <-p.done:
			return took, fmt.Errorf("%s ended: %v\n%s", p.Name, p.err, p.Tail())
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// Loopback is a free address on 127.0.0.1. Somebody else could take it
// before it is used; then the process that wants it says so.
func Loopback() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// LastingPort is a free address on 127.0.0.1 below the ports that outgoing connections
// get, so that who listens there finds it free again after being killed.
func LastingPort() (string, error) {
	for range 1000 {
		l, err := net.Listen("tcp", fmt.Sprint("127.0.0.1:", 10_000+rand.IntN(10_000)))
		if err == nil {
			defer l.Close()
			return l.Addr().String(), nil
		}
	}
	return "", errors.New("no free port")
}

// KillAll ends the process and all it has started at one stroke, also those that made
// groups of their own, and waits until they are gone.
func (p *Process) KillAll() {
	children := children(p.PID)
	_ = syscall.Kill(p.PID, syscall.SIGKILL)
	for _, pid := range children {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	p.Kill()
	for _, pid := range children { // they are nobody's now, and have what they had a moment longer
		for syscall.Kill(pid, 0) == nil {
			time.Sleep(time.Millisecond)
		}
	}
}

// Dial reports whether somebody listens at addr.
func Dial(addr string) error {
	c, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return err
	}
	return c.Close()
}
