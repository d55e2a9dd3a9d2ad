package redis

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"sort"
	"strings"

	goredis "github.com/redis/go-redis/v9"
)

var parameters = []string{"addr", "cluster", "master_name", "sentinel_username", "sentinel_password", "pool_size"}

// parse reads the URL of Options. Its errors never show the URL, since that may
// hold a password.
func parse(raw string) (*goredis.UniversalOptions, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, errors.New("session: the Redis URL cannot be read; expected redis://host:6379/0")
	}
	q := u.Query()
	for _, name := range sortedNames(q) {
		if !slices.Contains(parameters, name) {
			return nil, fmt.Errorf("session: the Redis URL has a parameter %q; known are %s", name, strings.Join(parameters, ", "))
		}
	}
	addrs := q["addr"]
	for _, a := range addrs {
		if _, _, err := net.SplitHostPort(a); err != nil {
			return nil, errors.New("session: in the Redis URL every addr must be host:port")
		}
	}
	base := *u
	base.RawQuery = url.Values{"pool_size": q["pool_size"]}.Encode()
	one, err := goredis.ParseURL(base.String())
	if err != nil {
		return nil, errors.New("session: the Redis URL is not redis://, rediss:// or unix:// with a host, a database number and a pool size")
	}
	if one.TLSConfig != nil {
		one.TLSConfig.ServerName = "" // each host answers for its own name
	}
	return &goredis.UniversalOptions{
		Addrs: append([]string{one.Addr}, addrs...), DB: one.DB,
		Username: one.Username, Password: one.Password,
		SentinelUsername: q.Get("sentinel_username"), SentinelPassword: q.Get("sentinel_password"),
		MasterName: q.Get("master_name"), IsClusterMode: q.Get("cluster") == "true",
		PoolSize: one.PoolSize, TLSConfig: one.TLSConfig,
	}, nil
}

func sortedNames(q url.Values) []string {
	names := make([]string, 0, len(q))
	for name := range q {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
