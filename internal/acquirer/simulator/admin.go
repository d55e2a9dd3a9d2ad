package simulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"time"
)

// adminHandler serves the operator's calls: POST with a JSON body, so that no
// page of another origin can make a browser send them, JSON back. An error is
// {"error": "…"} with status 400, or 404 for an order or card that is not
// there.
func (s *Simulator) adminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/admin/clock", action(s.adminClock))
	mux.Handle("/admin/settle", action(func(q orderRequest) (any, error) {
		return done(s.Settle(q.trader(), q.OrderNo))
	}))
	mux.Handle("/admin/status", action(func(q orderRequest) (any, error) {
		if q.Status == nil {
			return nil, errors.New("status is missing")
		}
		return done(s.SetStatus(q.trader(), q.OrderNo, *q.Status))
	}))
	mux.Handle("/admin/faults", action(func(q Faults) (any, error) {
		if err := s.SetFaults(q); err != nil {
			return nil, err
		}
		return s.Faults(), nil
	}))
	mux.Handle("/admin/rude", action(func(q struct{ Seed uint64 }) (any, error) {
		if err := s.SetFaults(RudeFaults(q.Seed)); err != nil {
			return nil, err
		}
		return s.Faults(), nil
	}))
	mux.Handle("/admin/calls", action(func(q CallFilter) (any, error) {
		calls, err := s.Calls(q)
		return map[string]any{"calls": calls, "count": len(calls)}, err
	}))
	mux.Handle("/admin/transactions", action(func(q listRequest) (any, error) {
		if q.Limit <= 0 {
			q.Limit = 100
		}
		list, err := s.Transactions(q.Search, q.Limit)
		return map[string]any{"transactions": list}, err
	}))
	mux.Handle("/admin/token", action(s.adminToken))
	mux.Handle("/admin/challenge", action(s.adminChallenge))
	mux.Handle("/admin/vault", vaultReading(action(s.adminVault), s.adminVault))
	mux.Handle("/admin/vault/remove", action(func(q RemoveRequest) (any, error) { return done(s.RemoveCard(q)) }))
	mux.Handle("/admin/merchant", action(s.adminMerchant))
	mux.Handle("/admin/scenarios", action(func(struct{}) (any, error) {
		return map[string]any{"scenarios": Scenarios()}, nil
	}))
	mux.Handle("/admin/reset", action(func(struct{}) (any, error) { return done(s.Reset()) }))
	return mux
}

type orderRequest struct {
	TraderCode string `json:"traderCode"` // default: the first shop
	OrderNo    string `json:"orderNo"`
	Status     *int   `json:"status"` // of /admin/status
}

func (q orderRequest) trader() string {
	if q.TraderCode == "" {
		return FirstTraderCode
	}
	return q.TraderCode
}

type listRequest struct {
	Search string `json:"search"`
	Limit  int    `json:"limit"`
}

type clockRequest struct {
	Advance string `json:"advance"` // a duration, such as 61s or 24h
	Offset  string `json:"offset"`  // a duration from the true time
	Now     string `json:"now"`     // RFC 3339: the moment it shall be
}

// adminClock moves the clock; an empty request only reads it.
func (s *Simulator) adminClock(q clockRequest) (any, error) {
	now, err := s.Now(), error(nil)
	switch {
	case q.Now != "":
		var to time.Time
		if to, err = time.Parse(time.RFC3339, q.Now); err == nil {
			now, err = s.SetOffset(to.Sub(s.clock()))
		}
	case q.Offset != "":
		var d time.Duration
		if d, err = time.ParseDuration(q.Offset); err == nil {
			now, err = s.SetOffset(d)
		}
	case q.Advance != "":
		var d time.Duration
		if d, err = time.ParseDuration(q.Advance); err == nil {
			now, err = s.Advance(d)
		}
	}
	return map[string]any{"now": now, "offset": time.Duration(s.offset.Load()).String()}, err
}

func (s *Simulator) adminToken(q TokenRequest) (any, error) {
	if q.TraderCode == "" {
		q.TraderCode = FirstTraderCode
	}
	text, expires, err := s.NewToken(q)
	return map[string]any{"token": text, "expires": expires}, err
}

// adminMerchant adds a merchant. Options that the request does not name are
// all on, as with FullMerchant.
func (s *Simulator) adminMerchant(raw json.RawMessage) (any, error) {
	m := FullMerchant("", "")
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return nil, err
	}
	return m, s.AddMerchant(m)
}

func done(err error) (any, error) { return map[string]any{}, err }

// action makes a handler of a function from request to answer.
func action[Q any](work func(Q) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); r.Method != http.MethodPost || err != nil || kind != "application/json" {
			answerJSON(w, http.StatusUnsupportedMediaType, map[string]any{"error": "POST application/json"})
			return
		}
		var q Q
		d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
		d.DisallowUnknownFields()
		if err := d.Decode(&q); err != nil {
			answerJSON(w, http.StatusBadRequest, map[string]any{"error": err.Error()})
			return
		}
		out, err := work(q)
		switch {
		case errors.Is(err, ErrNoOrder), errors.Is(err, ErrNoCard):
			answerJSON(w, http.StatusNotFound, map[string]any{"error": err.Error()})
		case err != nil:
			answerJSON(w, http.StatusBadRequest, map[string]any{"error": err.Error()})
		default:
			answerJSON(w, http.StatusOK, out)
		}
	})
}

func answerJSON(w http.ResponseWriter, status int, v any) {
	write(w, "application/json", status, append(encode(v), '\n'))
}
