package redis

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		url     string
		addrs   []string
		master  string
		cluster bool
		tls     bool
	}{
		{url: "redis://h", addrs: []string{"h:6379"}},
		{url: "redis://user:secret@h:1/3?pool_size=7", addrs: []string{"h:1"}},
		{url: "rediss://h:1", addrs: []string{"h:1"}, tls: true},
		{url: "unix:///run/redis.sock", addrs: []string{"/run/redis.sock"}},
		{url: "redis://a:1?addr=b:2&addr=c:3", addrs: []string{"a:1", "b:2", "c:3"}},
		{url: "redis://a:1?cluster=true", addrs: []string{"a:1"}, cluster: true},
		{url: "redis://a:1?addr=b:2&master_name=m", addrs: []string{"a:1", "b:2"}, master: "m"},
		{url: "redis+sentinel://a,b:2,[::1]/0?master=m", addrs: []string{"a:26379", "b:2", "[::1]:26379"}, master: "m"},
		{url: "rediss+sentinel://u:p,w@a,b?master=m&sentinel_password=s", addrs: []string{"a:26379", "b:26379"}, master: "m", tls: true},
		{url: "redis+cluster://a,b:2,c", addrs: []string{"a:6379", "b:2", "c:6379"}, cluster: true},
		{url: "rediss+cluster://u:p@a", addrs: []string{"a:6379"}, cluster: true, tls: true},
	}
	for _, test := range tests {
		u, err := parse(test.url)
		if err != nil {
			t.Errorf("%s: %v", test.url, err)
			continue
		}
		if !slices.Equal(u.Addrs, test.addrs) || u.MasterName != test.master || u.IsClusterMode != test.cluster || (u.TLSConfig != nil) != test.tls {
			t.Errorf("%s: %q master %q cluster %v tls %v", test.url, u.Addrs, u.MasterName, u.IsClusterMode, u.TLSConfig != nil)
		}
	}
	u, err := parse("rediss+sentinel://user:secr,et@h,i/3?master=m&sentinel_username=su&sentinel_password=sp")
	if err != nil || u.Username != "user" || u.Password != "secr,et" || u.DB != 3 || u.SentinelUsername != "su" || u.SentinelPassword != "sp" {
		t.Errorf("%v %v %v %v %v: %v", u.Username, u.Password != "", u.DB, u.SentinelUsername, u.SentinelPassword != "", err)
	}
	u, err = parse("redis://user:secret@h:1/3?pool_size=7")
	if err != nil || u.Username != "user" || u.Password != "secret" || u.DB != 3 || u.PoolSize != 7 {
		t.Errorf("%v %v %v %v: %v", u.Username, u.Password != "", u.DB, u.PoolSize, err)
	}
}

// A wrong URL is refused, and the error, which goes to logs, shows no password.
func TestParseErrors(t *testing.T) {
	for _, url := range []string{
		"", "h:6379", "http://u:secret@h", "redis://u:secret@h:port", "redis://u:secret@h/x", "redis://u:secret@h/1/2",
		"redis://u:secret@h?pool_size=many", "redis://u:secret@h?read_timeout=9s", "redis://u:secret@h?addr=nohost",
		"redis+sentinel://u:secret@h,i", "redis+cluster://u:secret@h,i/1", "redis+cluster://u:secret@h?master=m", "redis+cluster://u:secret@h,",
		"redis+cluster://u:secret@h,i:x", "redis+tls://u:secret@h", "redis+cluster://u:secret@h?master_name=m",
		"redis://u:secret@h\x7f", "unix://", "redis://u:sec%zzret@h",
	} {
		_, err := parse(url)
		if err == nil {
			t.Errorf("%q is accepted", url)
			continue
		}
		if strings.Contains(err.Error(), "sec") {
			t.Errorf("%q: the error shows the password: %v", url, err)
		}
	}
}
