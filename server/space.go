package main

import (
	"context"
	"math"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"kessai.dev/kessai/internal/doctor"
)

// spaceLook is how often it is looked how much room the disks have.
const spaceLook = 10 * time.Second

// space knows how much room is left where this process writes. It looks by itself, so that
// whoever asks does not wait for a disk.
type space struct {
	folders []string
	free    func(dir string) (bytes uint64, known bool)
	least   atomic.Uint64 // of all folders; MaxUint64: nobody can say
}

// look looks once.
func (s *space) look() {
	least := uint64(math.MaxUint64)
	for _, dir := range s.folders {
		if free, known := s.free(dir); known {
			least = min(least, free)
		}
	}
	s.least.Store(least)
}

// low reports whether so little is left that the books will soon have to stop.
func (s *space) low() bool { return s.least.Load() < doctor.LowSpace }

// gauge is the room in bytes; NaN: nobody can say.
func (s *space) gauge() float64 {
	if least := s.least.Load(); least != math.MaxUint64 {
		return float64(least)
	}
	return math.NaN()
}

func (s *space) watch(ctx context.Context) {
	tick := time.NewTicker(spaceLook)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			s.look()
		}
	}
}

// openSpace watches the disks of the data folder and of embedded books.
func (s *server) openSpace(ctx context.Context) error {
	dir, err := s.flags.ledgerDir()
	if err != nil {
		return err
	}
	s.space = &space{folders: []string{s.flags.Data}, free: s.flags.freeSpace}
	if s.space.free == nil {
		s.space.free = doctor.FreeSpace
	}
	if dir != "" {
		s.space.folders = append(s.space.folders, dir)
	}
	s.space.look()
	s.observer.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "kessai_disk_free_bytes", Help: "Room that is left on the disk of the data folder or of the books, whichever has less.",
	}, s.space.gauge))
	work := s.untilSweepEnds(ctx)
	s.sweeping.Go(func() { s.space.watch(work) })
	return nil
}
