package redis

import (
	"context"
	"crypto/sha1" // the name that Redis gives a script
	"encoding/hex"
	"errors"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// maxQueued bounds the commands that wait to be sent to a server. Beyond it a
// caller is told at once, and goes on from the ledger.
const maxQueued = 16_384

// textCmd and listCmd are commands that the driver never sends a second time by
// itself: a repeated claim is another claim.
type (
	textCmd struct{ *goredis.StringCmd }
	listCmd struct{ *goredis.SliceCmd }
)

// NoRetry tells the driver.
func (textCmd) NoRetry() bool { return true }

// NoRetry tells the driver.
func (listCmd) NoRetry() bool { return true }

// send queues a command with those of all other callers, which travel in one
// write, and waits for its answer while ctx lasts. Beside a connection per
// command that is a third of the CPU and three times the calls with hundreds of
// callers, for some 20 µs more when a caller is alone. Where a Cluster's key
// has moved, the command goes after it, by the slower way.
func send[C goredis.Cmder](ctx context.Context, s *Store, to *lane, command func() C) (C, error) {
	cmd := command()
	if err := ctx.Err(); err != nil {
		return cmd, err
	}
	err := to.pipe.Submit(ctx, cmd).WaitContext(ctx)
	if !s.lanes.elsewhere(err) {
		return cmd, err
	}
	cmd = command()
	return cmd, s.lanes.cluster.Process(ctx, cmd)
}

// text sends a command that is answered by a string; nothing there is "".
func (s *Store) text(ctx context.Context, to *lane, args ...any) (string, error) {
	cmd, err := send(ctx, s, to, func() textCmd { return textCmd{goredis.NewStringCmd(ctx, args...)} })
	if err != nil {
		if errors.Is(err, goredis.Nil) {
			err = nil
		}
		return "", err
	}
	return cmd.Val(), nil
}

// list sends a command that is answered by a list.
func (s *Store) list(ctx context.Context, to *lane, args ...any) ([]any, error) {
	cmd, err := send(ctx, s, to, func() listCmd { return listCmd{goredis.NewSliceCmd(ctx, args...)} })
	if err != nil {
		return nil, err
	}
	return cmd.Val(), nil
}

// set writes a value that lapses.
func (s *Store) set(ctx context.Context, to *lane, name, value string, ttl time.Duration) error {
	_, err := s.text(ctx, to, "set", name, value, "px", ttl.Milliseconds())
	return err
}

// setIfAbsent gives what the key holds already, or "" if it holds value now.
// Redis knows NX together with GET from version 7.0.
func (s *Store) setIfAbsent(ctx context.Context, to *lane, name, value string, ttl time.Duration) (string, error) {
	return s.text(ctx, to, "set", name, value, "nx", "get", "px", ttl.Milliseconds())
}

// script is a step in Lua, which Redis remembers by its SHA-1 until it restarts.
type script struct{ source, sum string }

func newScript(source string) script {
	sum := sha1.Sum([]byte(source))
	return script{source, hex.EncodeToString(sum[:])}
}

// run runs a script on one key, and sends its source only if Redis does not know it.
func (s *Store) run(ctx context.Context, to *lane, sc script, name string, args ...any) (string, error) {
	answer, err := s.text(ctx, to, append([]any{"evalsha", sc.sum, 1, name}, args...)...)
	if goredis.HasErrorPrefix(err, "NOSCRIPT") {
		answer, err = s.text(ctx, to, append([]any{"eval", sc.source, 1, name}, args...)...)
	}
	return answer, err
}
