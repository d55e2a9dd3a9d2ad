package simulator

import "time"

// tokyo is the provider's time. Japan has no summer time, so a fixed zone
// needs no database.
var tokyo = time.FixedZone("JST", 9*60*60)

// Wire forms of dates (protocol 3.1).
const (
	stamp14 = "20060102150405"
	stamp8  = "20060102"
)

// Now is the provider's time: Options.Clock moved by the offset that an
// operator set, in Japan time.
func (s *Simulator) Now() time.Time {
	return s.clock().Add(time.Duration(s.offset.Load())).In(tokyo)
}

// Advance moves the provider's clock and returns the new time. The move
// survives a restart.
func (s *Simulator) Advance(by time.Duration) (time.Time, error) {
	return s.moveClock(s.offset.Add(int64(by)))
}

// SetOffset makes the provider's clock run so far ahead of Options.Clock, or
// behind it when negative. The offset survives a restart.
func (s *Simulator) SetOffset(to time.Duration) (time.Time, error) {
	s.offset.Store(int64(to))
	return s.moveClock(int64(to))
}

func (s *Simulator) moveClock(offset int64) (time.Time, error) {
	err := s.books.commit([]put{{bucket: bucketMeta, key: metaOffset, value: encode(offset)}})
	return s.Now(), err
}

// nightly reports whether the provider's night batch runs: no amount change
// and no re-authorization from 23:00 to 01:00 Japan time (protocol 6).
func nightly(t time.Time) bool {
	h := t.In(tokyo).Hour()
	return h == 23 || h == 0
}

// dayOf is the calendar day in Japan, at its beginning.
func dayOf(t time.Time) time.Time {
	y, m, d := t.In(tokyo).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, tokyo)
}

// parseDay reads yyyyMMdd, and only that.
func parseDay(v string) (time.Time, bool) {
	t, err := time.ParseInLocation(stamp8, v, tokyo)
	return t, err == nil && len(v) == len(stamp8)
}

// parseStamp reads yyyyMMddHHmmss, and only that.
func parseStamp(v string) (time.Time, bool) {
	t, err := time.ParseInLocation(stamp14, v, tokyo)
	return t, err == nil && len(v) == len(stamp14)
}
