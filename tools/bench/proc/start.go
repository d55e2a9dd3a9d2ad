package proc

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
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

// Dial reports whether somebody listens at addr.
func Dial(addr string) error {
	c, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return err
	}
	return c.Close()
}

// Redis starts Debian's redis-server as a shop would run it: an append-only
// file that is synced every second.
func Redis(dir, addr string) (*Process, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if _, err := strconv.Atoi(port); err != nil {
		return nil, err
	}
	p, err := Start("redis", dir, "redis-server", "--bind", host, "--port", port, "--dir", dir,
		"--save", "", "--appendonly", "yes", "--appendfsync", "everysec")
	if err != nil {
		return nil, err
	}
	if _, err := p.Wait(10*time.Second, func() error { return ping(addr) }); err != nil {
		p.Kill()
		return nil, err
	}
	return p, nil
}

// ping asks Redis for a PONG, which it gives only once its file is loaded.
func ping(addr string) error {
	answer, err := RedisCommand(addr, "PING")
	if err == nil && answer != "+PONG" {
		err = fmt.Errorf("redis answers %q", answer)
	}
	return err
}

// RedisCommand sends one inline command and gives the first line of the answer.
func RedisCommand(addr, command string) (string, error) {
	c, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return "", err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := fmt.Fprintf(c, "%s\r\n", command); err != nil {
		return "", err
	}
	b := make([]byte, 512)
	n, err := c.Read(b)
	if err != nil {
		return "", err
	}
	line := string(b[:n])
	for i := range line {
		if line[i] == '\r' {
			return line[:i], nil
		}
	}
	return line, nil
}
