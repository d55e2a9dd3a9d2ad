package bolt

import (
	"context"
	"errors"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

// BenchmarkStrike is what the bell costs the writer for a group, with nobody there.
func BenchmarkStrike(b *testing.B) {
	var bell bell
	b.ReportAllocs()
	for i := uint64(0); b.Loop(); i++ {
		bell.strike(i)
	}
}

// BenchmarkJournalRead reads the whole journal, in pages of 1,000: every event, and
// only the few that are wanted.
func BenchmarkJournalRead(b *testing.B) {
	author := ledgertest.NewAuthor(1)
	l := open(b, b.TempDir(), func(o *Options) { o.NoSync = true })
	list := stories(author, 20_000)
	if c := timed(256, len(list), func(i int) error { return list[i].append(l) }); c.wall == 0 {
		b.Fatal("nothing was written")
	}
	for name, kinds := range map[string][]payment.Kind{"all": nil, "few": {payment.KindRefused}} {
		b.Run(name, func(b *testing.B) {
			events := 0
			for b.Loop() {
				q := ledger.JournalQuery{Kinds: kinds, Limit: 1000}
				for more := true; more; {
					page, err := l.Read(b.Context(), q)
					if err != nil {
						b.Fatal(err)
					}
					q.After, more = page.Looked, page.More
				}
				events += int(q.After)
			}
			b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkAppendFollowed appends in turns with nobody there and with somebody who
// follows the journal, as webhooks do: what a follower costs the writer (P97).
func BenchmarkAppendFollowed(b *testing.B) {
	author := ledgertest.NewAuthor(1)
	l := open(b, b.TempDir(), nil)
	var alone, followed cost
	for range 6 {
		n := max(b.N/12, 2000)
		list := stories(author, 2*n)
		alone.add(timed(64, n, func(i int) error { return list[i].append(l) }))
		ctx, leave := context.WithCancel(b.Context())
		done := make(chan error, 1)
		go func() { done <- follow(ctx, l) }()
		followed.add(timed(64, n, func(i int) error { return list[n+i].append(l) }))
		leave()
		if err := <-done; !errors.Is(err, context.Canceled) {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(followed.wall)/float64(alone.wall), "followed/alone")
	b.ReportMetric(0, "ns/op")
}

// follow reads everything from now on.
func follow(ctx context.Context, l *Ledger) error {
	at, err := l.Last(ctx)
	for err == nil {
		if err = l.Wait(ctx, at); err != nil {
			return err
		}
		var page ledger.JournalPage
		page, err = l.Read(ctx, ledger.JournalQuery{After: at, Limit: 1000})
		at = page.Looked
	}
	return err
}
