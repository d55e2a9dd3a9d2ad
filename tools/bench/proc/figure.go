package proc

import (
	"bufio"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
)

// RedisFigure gives a number that INFO tells, such as used_memory.
func RedisFigure(addr, name string) (float64, error) {
	c, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	if _, err := fmt.Fprint(c, "INFO everything\r\nQUIT\r\n"); err != nil {
		return 0, err
	}
	for lines := bufio.NewScanner(c); lines.Scan(); {
		if value, ours := strings.CutPrefix(lines.Text(), name+":"); ours {
			return strconv.ParseFloat(value, 64)
		}
	}
	return 0, fmt.Errorf("redis on %s does not tell %s", addr, name)
}
