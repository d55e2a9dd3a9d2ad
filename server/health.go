package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// healthCommand asks a server on this machine how it is: where nothing else can, as in a
// container without a shell.
type healthCommand struct {
	Server string `default:"http://127.0.0.1:8080" help:"Where the server answers." placeholder:"URL"`
	Ready  bool   `help:"Ask whether calls should come here (/readyz), not only whether it lives (/livez)."`
}

// healthWait is how long a healthy server may take to answer.
const healthWait = 5 * time.Second

// Run prints the answer, and fails when it is no good one.
func (c *healthCommand) Run(s *streams) error {
	path := "/livez"
	if c.Ready {
		path = "/readyz"
	}
	ctx, cancel := context.WithTimeout(s.ctx, healthWait)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Server+path, nil)
	if err != nil {
		return fmt.Errorf("--server %s: want http://host:port", c.Server)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the server at %s does not answer: %w", c.Server, err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
	fmt.Fprintln(s.out, strings.TrimSpace(string(text)))
	if err == nil && res.StatusCode != http.StatusOK {
		err = errors.New("the server is not ready")
	}
	return err
}
