package simulator

import (
	"encoding/binary"
	"slices"
	"time"

	"go.etcd.io/bbolt"
)

// Call is one line of the log of calls: one request that reached the gateway.
// The line is written in the same commit as what the call did.
type Call struct {
	Seq             uint64    `json:"seq"`
	Time            time.Time `json:"time"`
	Function        string    `json:"function"` // A08…; empty if no function was meant
	TraderCode      string    `json:"traderCode,omitempty"`
	OrderNo         string    `json:"orderNo,omitempty"`
	SlipNo          string    `json:"slipNo,omitempty"`
	Amount          int64     `json:"amount,omitempty"`    // of the order, after the call
	Status          int       `json:"status"`              // of the order, after the call; 0 without one
	ErrorCode       string    `json:"errorCode,omitempty"` // empty: done
	CreditErrorCode string    `json:"creditErrorCode,omitempty"`
	Answer          string    `json:"answer"`          // sent, lost, stalled, dropped, html, 502, empty, truncated or doubled
	Fault           string    `json:"fault,omitempty"` // the fault that struck, by chance
	Changed         bool      `json:"changed"`         // whether anything was written to the books
}

// trimEvery is how many calls pass between two trims of the log.
const trimEvery = 8192

// logLine prepares the call's line, and now and then the removal of old ones.
func (s *Simulator) logLine(c *call, r result) []put {
	line := Call{
		Seq: s.callSeq.Add(1), Time: c.now, TraderCode: c.merchant.TraderCode,
		ErrorCode: r.code, CreditErrorCode: r.credit, Answer: r.reply.String(), Fault: string(c.fault),
		Changed: len(r.puts) > 0 || c.again,
	}
	if c.function != nil {
		line.Function = c.function.div
	}
	// Only what passes the gateway's own checks is kept: the log must not
	// become the place where a stray card number ends up.
	if v := c.orderNo(); len(v) <= 23 && orderCharacters(v) {
		line.OrderNo = v
	}
	if v := c.get("slip_no"); len(v) == 12 && digits(v) {
		line.SlipNo = v
	}
	if r.changed != nil {
		line.Amount, line.Status = r.changed.Amount, r.changed.Status
	}
	s.logger.Debug("simulator: call", "function", line.Function, "order", line.OrderNo, "error", line.ErrorCode,
		"answer", line.Answer, "fault", line.Fault)
	if line.Seq%trimEvery == 0 {
		// It runs in its own turn; if it fails, so does every later commit.
		go func() { _ = s.books.do(s.trimCalls) }()
	}
	return []put{{bucket: bucketCalls, key: sequenceKey(line.Seq), value: encode(line)}}
}

// CallFilter narrows the log; empty fields match everything.
type CallFilter struct {
	Function   string `json:"function"`
	TraderCode string `json:"traderCode"`
	OrderNo    string `json:"orderNo"`
	Limit      int    `json:"limit"` // newest so many; 0: 1000
}

// Calls lists the log, oldest first. Every call answered before is in it.
func (s *Simulator) Calls(f CallFilter) ([]Call, error) {
	if f.Limit <= 0 {
		f.Limit = 1000
	}
	// A turn of the writer, so that lines handed in before are written.
	if err := s.books.do(s.trimCalls); err != nil {
		return nil, err
	}
	list := []Call{}
	err := s.books.db.View(func(tx *bbolt.Tx) error {
		cursor := tx.Bucket([]byte(bucketCalls)).Cursor()
		for k, v := cursor.Last(); k != nil && len(list) < f.Limit; k, v = cursor.Prev() {
			var one Call
			if err := decode(v, &one); err != nil {
				return err
			}
			if (f.Function == "" || f.Function == one.Function) && (f.OrderNo == "" || f.OrderNo == one.OrderNo) &&
				(f.TraderCode == "" || f.TraderCode == one.TraderCode) {
				list = append(list, one)
			}
		}
		return nil
	})
	slices.Reverse(list)
	return list, err
}

// trimCalls removes the oldest lines above the limit, a good many at a time.
func (s *Simulator) trimCalls(tx *bbolt.Tx) error {
	last := s.callSeq.Load()
	if last <= s.callKeep {
		return nil
	}
	cursor := tx.Bucket([]byte(bucketCalls)).Cursor()
	for k, _ := cursor.First(); k != nil && binary.BigEndian.Uint64(k) <= last-s.callKeep; k, _ = cursor.First() {
		if err := cursor.Delete(); err != nil {
			return err
		}
	}
	return nil
}
