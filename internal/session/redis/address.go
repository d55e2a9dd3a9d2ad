package redis

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"sort"
	"strings"

	goredis "github.com/redis/go-redis/v9"
)

var parameters = []string{"addr", "cluster", "master", "master_name", "sentinel_username", "sentinel_password", "pool_size"}

// kinds are the schemes, by what lies behind the addresses. TLS is rediss.
var kinds = map[string]struct {
	base, port        string
	sentinel, cluster bool
}{
	"redis":           {base: "redis", port: "6379"},
	"rediss":          {base: "rediss", port: "6379"},
	"unix":            {base: "unix"},
	"redis+sentinel":  {base: "redis", port: "26379", sentinel: true},
	"rediss+sentinel": {base: "rediss", port: "26379", sentinel: true},
	"redis+cluster":   {base: "redis", port: "6379", cluster: true},
	"rediss+cluster":  {base: "rediss", port: "6379", cluster: true},
}

// parse reads the URL of Options. Its errors never show the URL, since that may
// hold a password.
func parse(raw string) (*goredis.UniversalOptions, error) {
	scheme, rest, _ := strings.Cut(raw, "://")
	kind, ok := kinds[scheme]
	if !ok {
		return nil, errors.New("session: the Redis URL cannot be read; expected redis://host:6379/0, redis+sentinel://host1,host2,host3/0?master=name or redis+cluster://host1,host2,host3")
	}
	first, others := hosts(rest)
	u, err := url.Parse(kind.base + "://" + first)
	if err != nil {
		return nil, errors.New("session: the Redis URL cannot be read; expected redis://host:6379/0")
	}
	q := u.Query()
	if err := known(q); err != nil {
		return nil, err
	}
	master := q.Get("master") + q.Get("master_name")
	cluster := kind.cluster || q.Get("cluster") == "true"
	switch {
	case kind.sentinel && master == "":
		return nil, errors.New("session: the Redis URL names Sentinels and no ?master= that they watch")
	case cluster && master != "":
		return nil, errors.New("session: the Redis URL names a master for Sentinels, and a Cluster; it can be only one of them")
	}
	one, err := oneServer(*u, q.Get("pool_size"), kind.port)
	if err != nil {
		return nil, err
	}
	if cluster && one.DB != 0 {
		return nil, errors.New("session: a Redis Cluster has database 0 only")
	}
	addrs, err := further(others, q["addr"], kind.port)
	if err != nil {
		return nil, err
	}
	return &goredis.UniversalOptions{
		Addrs: append([]string{one.Addr}, addrs...), DB: one.DB,
		Username: one.Username, Password: one.Password,
		SentinelUsername: q.Get("sentinel_username"), SentinelPassword: q.Get("sentinel_password"),
		MasterName: master, IsClusterMode: cluster,
		PoolSize: one.PoolSize, TLSConfig: one.TLSConfig,
	}, nil
}

// hosts takes the further hosts out of what follows the scheme.
func hosts(rest string) (first string, others []string) {
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	begin := strings.LastIndexByte(rest[:end], '@') + 1 // a password may have a comma
	all := strings.Split(rest[begin:end], ",")
	return rest[:begin] + all[0] + rest[end:], all[1:]
}

func known(q url.Values) error {
	for _, name := range sortedNames(q) {
		if !slices.Contains(parameters, name) {
			return fmt.Errorf("session: the Redis URL has a parameter %q; known are %s", name, strings.Join(parameters, ", "))
		}
	}
	return nil
}

// oneServer reads the URL of one server.
func oneServer(u url.URL, poolSize, port string) (*goredis.Options, error) {
	u.RawQuery = ""
	if poolSize != "" {
		u.RawQuery = url.Values{"pool_size": {poolSize}}.Encode()
	}
	if port != "" && u.Host != "" && u.Port() == "" {
		u.Host = net.JoinHostPort(u.Hostname(), port)
	}
	one, err := goredis.ParseURL(u.String())
	if err != nil {
		return nil, errors.New("session: the Redis URL is not redis://, rediss:// or unix:// with a host, a database number and a pool size")
	}
	if one.TLSConfig != nil {
		one.TLSConfig.ServerName = "" // each host answers for its own name
	}
	return one, nil
}

// further gives host:port of each further host: those after a comma may leave
// the port out, those of addr may not.
func further(hosts, addrs []string, port string) ([]string, error) {
	all := make([]string, 0, len(hosts)+len(addrs))
	for _, h := range hosts {
		u, err := url.Parse("redis://" + h)
		if err != nil || u.Hostname() == "" || u.Host != h || port == "" {
			return nil, errors.New("session: in the Redis URL every host after a comma must be host or host:port")
		}
		all = append(all, net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), port)))
	}
	for _, a := range addrs {
		if _, _, err := net.SplitHostPort(a); err != nil {
			return nil, errors.New("session: in the Redis URL every addr must be host:port")
		}
		all = append(all, a)
	}
	return all, nil
}

func sortedNames(q url.Values) []string {
	names := make([]string, 0, len(q))
	for name := range q {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
