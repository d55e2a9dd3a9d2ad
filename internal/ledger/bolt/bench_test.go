package bolt

import (
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
)

var preloaded = flag.Int("preloaded", 0, "payments in the books before BenchmarkAppend begins")

// BenchmarkAppend opens payments, two appends each, the first with two claims
// and a buyer, from so many callers at once. It runs in turns with the floor:
// a bare bbolt file with one bucket, one group writer and as many bytes. The
// ratio of the two is what counts; the rest tells about the machine.
func BenchmarkAppend(b *testing.B) {
	dir := b.TempDir()
	author := ledgertest.NewAuthor(1)
	preload(b, dir, author, *preloaded)
	var commits atomic.Int64
	l := open(b, dir, func(o *Options) {
		o.Commit = func(file string, commit func() error) error {
			if file == journalFile {
				commits.Add(1)
			}
			return commit()
		}
	})
	f := openFloor(b, filepath.Join(dir, "floor.db"))
	for _, callers := range []int{1, 64, 256, 1024} {
		b.Run(fmt.Sprint("callers=", callers), func(b *testing.B) {
			var ours, floor cost
			const turns = 6
			before, beforeFloor, entries := commits.Load(), f.commits.Load(), 0
			for range turns {
				n := max(b.N/turns, callers/4, 8)
				list := stories(author, n)
				b.StartTimer()
				floor.add(timed(callers, n, func(i int) error { return f.story(&list[i]) }))
				ours.add(timed(callers, n, func(i int) error { return list[i].append(l) }))
				b.StopTimer()
				entries += 2 * n
			}
			b.ReportMetric(float64(floor.wall)/float64(ours.wall), "of-floor")
			b.ReportMetric(float64(ours.cpu.Microseconds())/float64(entries/2), "cpu-µs/payment")
			b.ReportMetric(float64(floor.cpu.Microseconds())/float64(entries/2), "floor-cpu-µs/payment")
			b.ReportMetric(float64(entries)/2/ours.wall.Seconds(), "payments/s")
			b.ReportMetric(float64(entries)/float64(commits.Load()-before), "entries/commit")
			b.ReportMetric(float64(entries)/float64(f.commits.Load()-beforeFloor), "floor-entries/commit")
			b.ReportMetric(0, "ns/op") // of both together: says nothing
		})
	}
	tell("journal %s, index %s", size(dir, journalFile), size(dir, indexFile))
}

// story is a payment as it is appended: opened, and authorized.
type story struct {
	entries [2]ledger.Entry
	sizes   [2]int // of its records
}

func stories(author *ledgertest.Author, n int) []story {
	buyer := []byte(strings.Repeat("buyer and lines ", 19))
	stories := make([]story, n)
	for i := range stories {
		e := author.Open(fmt.Sprint("order-", author.Count()), fmt.Sprint("key-", author.Count()), buyer)
		stories[i].entries = [2]ledger.Entry{e, author.Next(e.After, ledgertest.Authorized(e.After))}
	}
	for j := range 2 {
		records, _, err := stories[0].entries[j].Records(ledger.Head{}, ledger.Keys{})
		if err != nil {
			panic(err)
		}
		size := 0
		for _, r := range records {
			size += len(r)
		}
		if j == 0 {
			size += len(buyer) + ledger.WrappedSize
		}
		for i := range stories {
			stories[i].sizes[j] = size
		}
	}
	return stories
}

func (s *story) append(l ledger.Ledger) error {
	for _, e := range s.entries {
		if err := l.Append(context.Background(), e); err != nil {
			return err
		}
	}
	return nil
}

// cost is the time that passed and the processor time that was used meanwhile.
type cost struct{ wall, cpu time.Duration }

func (c *cost) add(d cost) { c.wall, c.cpu = c.wall+d.wall, c.cpu+d.cpu }

func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// timed runs f for 0 … n-1 from so many callers and gives what it took.
func timed(callers, n int, f func(int) error) cost {
	var (
		next atomic.Int64
		wg   sync.WaitGroup
	)
	start, used := time.Now(), processor()
	for range callers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := f(i); err != nil {
					panic(err)
				}
			}
		})
	}
	wg.Wait()
	return cost{wall: time.Since(start), cpu: processor() - used}
}

// preload fills books quickly: without syncing, and with many callers.
func preload(tb testing.TB, dir string, author *ledgertest.Author, n int) {
	if n == 0 {
		return
	}
	start := time.Now()
	fillBooks(tb, dir, author, n)
	filled := time.Since(start)
	start = time.Now()
	l, err := Open(Options{Dir: dir})
	if err != nil {
		tb.Fatal(err)
	}
	opened := time.Since(start)
	debug.FreeOSMemory()
	tell("%d payments: written in %v, opened in %v, idle with %s of anonymous memory", n, filled.Round(time.Second), opened, memory())
	if err := l.Close(); err != nil {
		tb.Fatal(err)
	}
}

func fillBooks(tb testing.TB, dir string, author *ledgertest.Author, n int) {
	l, err := Open(Options{Dir: dir, NoSync: true})
	if err != nil {
		tb.Fatal(err)
	}
	for done := 0; done < n; done += 20_000 {
		list := stories(author, min(20_000, n-done))
		timed(512, len(list), func(i int) error { return list[i].append(l) })
	}
	if err := l.Close(); err != nil {
		tb.Fatal(err)
	}
}

// tell is for what a benchmark's metrics cannot say.
func tell(format string, args ...any) { fmt.Fprintf(os.Stderr, "bench: "+format+"\n", args...) }

// floor is what the machine can do: append bytes, in groups, durably.
type floor struct {
	db    *bbolt.DB
	queue chan *floorRequest
	seq   uint64

	commits atomic.Int64
}

type floorRequest struct {
	data []byte
	done chan error
}

func openFloor(tb testing.TB, path string) *floor {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, InitialMmapSize: reserved})
	if err != nil {
		tb.Fatal(err)
	}
	if err := db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket(bucketJournal)
		return err
	}); err != nil {
		tb.Fatal(err)
	}
	f := &floor{db: db, queue: make(chan *floorRequest, 4*maxGroup)}
	go f.write()
	tb.Cleanup(func() { close(f.queue) })
	return f
}

func (f *floor) story(s *story) error {
	for _, size := range s.sizes {
		r := &floorRequest{data: make([]byte, size), done: make(chan error, 1)}
		f.queue <- r
		if err := <-r.done; err != nil {
			return err
		}
	}
	return nil
}

func (f *floor) write() {
	for r := range f.queue {
		group := []*floorRequest{r}
		for more := true; more && len(group) < maxGroup; {
			select {
			case r, ok := <-f.queue:
				if more = ok; ok {
					group = append(group, r)
				}
			default:
				more = false
			}
		}
		f.commits.Add(1)
		err := f.db.Update(func(tx *bbolt.Tx) error {
			b := tx.Bucket(bucketJournal)
			b.FillPercent = 0.95
			for _, r := range group {
				f.seq++
				if err := b.Put(binary.BigEndian.AppendUint64(nil, f.seq), r.data); err != nil {
					return err
				}
			}
			return nil
		})
		for _, r := range group {
			r.done <- err
		}
	}
	_ = f.db.Close() // the benchmark is over
}

func size(dir, file string) string {
	info, err := os.Stat(filepath.Join(dir, file))
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%.1f MB", float64(info.Size())/1e6)
}

// memory is what the process holds that is not a mapped file.
func memory() string {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "not known here"
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			return strings.TrimSpace(rest)
		}
	}
	return "not told"
}
