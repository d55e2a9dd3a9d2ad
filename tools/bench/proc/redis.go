package proc

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Redis starts Debian's redis-server as a shop would run it: an append-only
// file that is synced every second.
func Redis(dir, addr string, further ...string) (*Process, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if _, err := strconv.Atoi(port); err != nil {
		return nil, err
	}
	p, err := Start("redis", dir, "redis-server", append([]string{
		"--bind", host, "--port", port, "--dir", dir, "--save", "", "--appendonly", "yes", "--appendfsync", "everysec",
	}, further...)...)
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

// RedisCluster is a Cluster of masters without replicas, each with its share of the
// slots, that goes on when one is gone.
type RedisCluster struct {
	Addrs []string
	nodes []*Process
	dir   string
}

// slots is how many a Cluster has.
const slots = 16384

// NewRedisCluster starts one of so many nodes.
func NewRedisCluster(dir string, nodes int) (*RedisCluster, error) {
	c := &RedisCluster{dir: dir, nodes: make([]*Process, nodes)}
	for i := range nodes {
		addr, err := LastingPort()
		if err != nil {
			return c, err
		}
		if c.Addrs = append(c.Addrs, addr); c.Start(i) != nil {
			return c, fmt.Errorf("redis node %d: %w", i, err)
		}
	}
	return c, c.join()
}

// Start starts a node, with what it had before.
func (c *RedisCluster) Start(i int) (err error) {
	dir := filepath.Join(c.dir, strconv.Itoa(i))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	c.nodes[i], err = Redis(dir, c.Addrs[i], "--cluster-enabled", "yes", "--cluster-require-full-coverage", "no")
	return err
}

// Kill ends a node at once.
func (c *RedisCluster) Kill(i int) {
	if c.nodes[i] != nil {
		c.nodes[i].Kill()
	}
}

// Close ends all nodes.
func (c *RedisCluster) Close() {
	for i := range c.nodes {
		c.Kill(i)
	}
}

// join deals out the slots and makes the nodes known to each other.
func (c *RedisCluster) join() error {
	for i, addr := range c.Addrs {
		from, to := i*slots/len(c.Addrs), (i+1)*slots/len(c.Addrs)-1
		if _, err := redisCLI(addr, "cluster", "addslotsrange", strconv.Itoa(from), strconv.Itoa(to)); err != nil {
			return err
		}
		if _, err := redisCLI(addr, "cluster", "set-config-epoch", strconv.Itoa(i+1)); err != nil {
			return err
		}
		host, port, err := net.SplitHostPort(addr)
		if err != nil {
			return err
		}
		if _, err := redisCLI(c.Addrs[0], "cluster", "meet", host, port); i > 0 && err != nil {
			return err
		}
	}
	for i := range c.nodes {
		if _, err := c.nodes[i].Wait(time.Minute, func() error { return c.whole(c.Addrs[i]) }); err != nil {
			return err
		}
	}
	return nil
}

// whole reports that a node knows of all others and of all slots.
func (c *RedisCluster) whole(addr string) error {
	info, err := redisCLI(addr, "cluster", "info")
	for _, want := range []string{"cluster_state:ok", fmt.Sprint("cluster_slots_ok:", slots), fmt.Sprintf("cluster_known_nodes:%d\r", len(c.nodes))} {
		if err == nil && !strings.Contains(info, want) {
			err = fmt.Errorf("redis node %s: not yet %q", addr, want)
		}
	}
	return err
}

func redisCLI(addr string, args ...string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", err
	}
	out, err := exec.Command("redis-cli", append([]string{"-e", "-h", host, "-p", port}, args...)...).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("redis-cli %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return string(out), err
}
