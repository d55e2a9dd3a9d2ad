package redis

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	goredis "github.com/redis/go-redis/v9"
)

// lane is the way to one Redis server. Each has a pipeline and a circuit of its
// own, so that a node of a Cluster that hangs holds up nobody but who asks for
// its keys (P08).
type lane struct {
	client  *goredis.Client        // for the heartbeat, which must not stand in line
	pipe    *goredis.AutoPipeliner // for all else
	circuit circuit
}

func newLane(client *goredis.Client) (*lane, error) {
	batches := goredis.DefaultAutoPipelineOptions()
	batches.MaxQueuedCommands = maxQueued
	pipe, err := client.AsyncAutoPipelineWithOptions(batches)
	if err != nil {
		return nil, err
	}
	return &lane{client: client, pipe: pipe}, nil
}

// lanes finds the lane of a key: always the same one with a single server, and
// behind Sentinels, whose client follows the master; in a Cluster by the key's slot.
type lanes struct {
	only    *lane
	cluster *goredis.ClusterClient
	slots   circuit  // whether the Cluster tells who has which slot
	nodes   sync.Map // *goredis.Client to *lane
}

func newLanes(u *goredis.UniversalOptions) (*lanes, error) {
	switch client := goredis.NewUniversalClient(u).(type) {
	case *goredis.ClusterClient:
		return &lanes{cluster: client}, nil
	case *goredis.Client:
		only, err := newLane(client)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("session: redis: %w", err), client.Close())
		}
		return &lanes{only: only}, nil
	default:
		return nil, errors.Join(fmt.Errorf("session: no way to keep sessions with a %T", client), client.Close())
	}
}

// of gives the lane of a key.
func (l *lanes) of(ctx context.Context, name string) (*lane, error) {
	if l.only != nil {
		return l.only, nil
	}
	node, err := l.cluster.MasterForKey(ctx, name)
	if err != nil {
		l.slots.failed()
		return nil, err
	}
	l.slots.answered()
	if have, ok := l.nodes.Load(node); ok {
		return have.(*lane), nil
	}
	fresh, err := newLane(node)
	if err != nil {
		return nil, err
	}
	have, _ := l.nodes.LoadOrStore(node, fresh)
	return have.(*lane), nil
}

// group sorts keys by their lanes, and lets go of lanes that have none any
// more, as after a fail-over.
func (l *lanes) group(ctx context.Context, names []string) (map[*lane][]string, error) {
	groups := map[*lane][]string{}
	for _, name := range names {
		to, err := l.of(ctx, name)
		if err != nil {
			return nil, err
		}
		groups[to] = append(groups[to], name)
	}
	l.nodes.Range(func(node, have any) bool {
		if _, used := groups[have.(*lane)]; !used {
			l.nodes.Delete(node)
		}
		return true
	})
	return groups, nil
}

// elsewhere reports whether a command was not done because its key is another
// server's by now, or is on its way there, or because its server has left the Cluster.
func (l *lanes) elsewhere(err error) bool {
	return l.cluster != nil && err != nil && (goredis.HasErrorPrefix(err, "MOVED ") ||
		goredis.HasErrorPrefix(err, "ASK ") || errors.Is(err, goredis.ErrClosed))
}

// reload learns anew who has which slot, by and by.
func (l *lanes) reload(ctx context.Context) {
	if l.cluster != nil {
		l.cluster.ReloadState(ctx)
	}
}

func (l *lanes) close() error {
	if l.only != nil {
		return l.only.client.Close()
	}
	return l.cluster.Close()
}

// homeless reports whether an error says no more than that a Cluster has nobody
// for the key's slot: then the server that said so is well.
func homeless(err error) bool {
	return goredis.HasErrorPrefix(err, "CLUSTERDOWN Hash slot not served")
}

// homes is how many slots of a Cluster hold what is ours.
const homes = 128

var homeNames = func() (names [homes]string) {
	for i := range names {
		names[i] = fmt.Sprintf("{%02x}", i)
	}
	return names
}()

// home is what makes a Cluster keep a claim where its owner's sign of life is:
// they are read together, and are lost together, so that a claim whose owner
// seems to be dead is never one that has only outlived a wiped neighbour (P06).
// Empty with a single server.
func (s *Store) home(sum byte) string {
	if s.lanes.cluster == nil {
		return ""
	}
	return homeNames[sum%homes]
}

// homeOf gives the home that is part of a key's name.
func homeOf(name string) string {
	_, rest, ok := strings.Cut(name, "{")
	if !ok {
		return ""
	}
	home, _, _ := strings.Cut(rest, "}")
	return "{" + home + "}"
}
