package main

import (
	"context"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kessai.dev/kessai/internal/api"
)

// From when on a process says that something beside the payments is late; the alerts have
// the same figures.
const (
	backupLate = 26 * time.Hour
	shipLate   = 30 * time.Second
)

// The conditions that a server can be in.
var (
	booksDown = api.Condition{
		Reason: "BOOKS_UNAVAILABLE", NotReady: true,
		English:  "the books accept nothing now: look at the disk or the database",
		Japanese: "帳簿に書き込めません。ディスクまたはデータベースを確認してください。",
	}
	sessionsDown = api.Condition{
		Reason:   "SESSIONS_DOWN",
		English:  "sessions do not answer: calls are served from the books alone; look at Redis",
		Japanese: "セッションが応答しないため、帳簿だけで処理しています。Redisを確認してください。",
	}
	backupOld = api.Condition{
		Reason:   "BACKUP_OLD",
		English:  "the newest backup is older than 26 hours, or there is none: look at the folder of --backup",
		Japanese: "最新のバックアップが26時間以上前か、存在しません。--backup のフォルダーを確認してください。",
	}
	diskLow = api.Condition{
		Reason:   "DISK_LOW",
		English:  "the disk of the books has less than 1 GiB left: make room, or the books will stop",
		Japanese: "ディスクの空き容量が1GiB未満です。空きを増やさないと帳簿に書き込めなくなります。",
	}
	standbyLags = api.Condition{
		Reason:   "STANDBY_LAGS",
		English:  "the standby's folder lacks what was acknowledged 30 seconds ago: look at the folder of --ship",
		Japanese: "待機系のフォルダーが30秒以上遅れています。--ship のフォルダーを確認してください。",
	}
)

// conditions says what is not as it should be now.
func (s *server) conditions() []api.Condition {
	var list []api.Condition
	if s.books.Err() != nil {
		list = append(list, booksDown)
	}
	if len(s.processor.Degraded()) > 0 {
		list = append(list, sessionsDown)
	}
	if s.space.low() {
		list = append(list, diskLow)
	}
	if s.flags.Backup != "" && s.backupAge() > backupLate.Seconds() {
		list = append(list, backupOld)
	}
	if s.shipper != nil {
		if _, lag := s.shipper.Behind(context.Background()); lag > shipLate {
			list = append(list, standbyLags)
		}
	}
	return list
}

// conditionGauges tells which conditions there are when it is asked.
type conditionGauges struct{ now func() []api.Condition }

var conditionGauge = prometheus.NewDesc("kessai_condition", "1 while the process is in a condition that /readyz tells of.", []string{"reason"}, nil)

// Describe implements prometheus.Collector.
func (conditionGauges) Describe(to chan<- *prometheus.Desc) { to <- conditionGauge }

// Collect implements prometheus.Collector.
func (g conditionGauges) Collect(to chan<- prometheus.Metric) {
	now := g.now()
	for _, c := range []api.Condition{booksDown, sessionsDown, diskLow, backupOld, standbyLags} {
		is := 0.0
		if slices.ContainsFunc(now, func(n api.Condition) bool { return n.Reason == c.Reason }) {
			is = 1
		}
		to <- prometheus.MustNewConstMetric(conditionGauge, prometheus.GaugeValue, is, c.Reason)
	}
}
