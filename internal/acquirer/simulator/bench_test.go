package simulator

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// Payments per second over loopback, client and provider in one process.
func BenchmarkCreditToken(b *testing.B) {
	for name, noSync := range map[string]bool{"durable": false, "relaxed": true} {
		b.Run(name, func(b *testing.B) {
			w := newWorld(b, func(o *Options) { o.NoSync = noSync })
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}
			var n atomic.Int64
			b.SetParallelism(64)
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					body := w.values("A08", "order_no", "B"+strconv.FormatInt(n.Add(1), 10)).Encode()
					resp, err := client.Post(w.server.URL+"/test_gateway/creditToken.api", urlencoded, strings.NewReader(body))
					if err != nil {
						b.Error(err)
						return
					}
					text, _ := io.ReadAll(resp.Body)
					resp.Body.Close()
					if !strings.Contains(string(text), "<returnCode>0<") {
						b.Errorf("%s", text)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "payments/s")
			client.CloseIdleConnections()
		})
	}
}
