package proc

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// FamilyCPU is what a process and those it has started have used so far, in seconds, those
// of them that have ended included: PostgreSQL has a process for each connection.
func FamilyCPU(parent int) float64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", parent))
	if err != nil {
		return 0
	}
	sum := CPU(parent)
	const ended = 13 // fields behind the name: what children that ended have used, user and system
	if f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:])); len(f) > ended+1 {
		sum += (number(f[ended]) + number(f[ended+1])) * tick
	}
	for _, pid := range children(parent) {
		sum += CPU(pid)
	}
	return sum
}
