package main

import (
	"bytes"
	"strings"
	"testing"
)

// What asks where nothing else can: a server that serves, one that drains, and none.
func TestHealthCommand(t *testing.T) {
	s := startServer(t)
	ask := func(args ...string) (int, string) {
		var out, log bytes.Buffer
		status := run(t.Context(), append([]string{"health"}, args...), &out, &log)
		return status, out.String() + log.String()
	}
	base := "http://" + s.addr.String()
	for _, c := range []struct {
		args   []string
		status int
		text   string
	}{
		{[]string{"--server", base}, 0, `{"status":"LIVE"}`},
		{[]string{"--server", base, "--ready"}, 0, `{"status":"READY"}`},
		{[]string{"--server", "http://127.0.0.1:1"}, 1, "does not answer"},
		{[]string{"--server", "::"}, 1, "--server"},
	} {
		if status, text := ask(c.args...); status != c.status || !strings.Contains(text, c.text) {
			t.Errorf("%v: %d %s", c.args, status, text)
		}
	}
	s.door.Drain()
	if status, text := ask("--server", base, "--ready"); status != 1 || !strings.Contains(text, `"DRAINING"`) {
		t.Errorf("draining: %d %s", status, text)
	}
}
