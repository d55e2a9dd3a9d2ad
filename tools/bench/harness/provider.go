package harness

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

// logAtOnce is how many lines of its log the simulator is asked for at a time.
// It keeps a limited number, so the harness reads along.
const logAtOnce = 50_000

// ask calls the simulator's own operator's interface, which kessai never uses.
func (w *world) ask(ctx context.Context, path string, question, answer any) error {
	body, err := json.Marshal(question)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+w.simAt+"/admin/"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", path, res.Status, text)
	}
	if err != nil {
		return err
	}
	return json.Unmarshal(text, answer)
}

// trades reads the provider's books.
func (w *world) trades(ctx context.Context) (map[string]trade, error) {
	var out struct {
		Transactions []struct {
			OrderNo string   `json:"orderNo"`
			Status  int      `json:"status"`
			Amount  int32    `json:"amount"`
			Slips   []string `json:"slips"`
		} `json:"transactions"`
	}
	if err := w.ask(ctx, "transactions", map[string]any{"limit": 10_000_000}, &out); err != nil {
		return nil, err
	}
	all := make(map[string]trade, len(out.Transactions))
	for _, t := range out.Transactions {
		all[t.OrderNo] = trade{t.OrderNo, t.Status, t.Amount, t.Slips}
	}
	return all, nil
}

// readLog takes over what is new in the provider's log.
func (w *world) readLog(ctx context.Context) error {
	var out struct {
		Calls []struct {
			Seq       uint64    `json:"seq"`
			Time      time.Time `json:"time"`
			Function  string    `json:"function"`
			OrderNo   string    `json:"orderNo"`
			SlipNo    string    `json:"slipNo"`
			Status    int       `json:"status"`
			ErrorCode string    `json:"errorCode"`
			Changed   bool      `json:"changed"`
		} `json:"calls"`
	}
	if err := w.ask(ctx, "calls", map[string]any{"limit": logAtOnce}, &out); err != nil {
		return err
	}
	if len(out.Calls) == logAtOnce && out.Calls[0].Seq > w.logged+1 {
		w.book.differ("the provider's log has a gap from %d to %d: its proof is not whole", w.logged+1, out.Calls[0].Seq)
	}
	for _, c := range out.Calls {
		if c.Seq <= w.logged {
			continue
		}
		w.logged = c.Seq
		w.log = append(w.log, wireCall{function: c.Function, number: c.OrderNo, slip: c.SlipNo, code: c.ErrorCode, status: c.Status, changed: c.Changed})
	}
	return nil
}

// moved is the status that a function which is carried out leads to.
var moved = map[string][]int{
	"A01": {statusAuthorized, statusReserved}, "A08": {statusAuthorized, statusReserved}, "A09": {statusAuthorized, statusReserved},
	"A06": {statusCanceled}, "E01": {statusCaptured},
}

// carriedOut reports whether the call moved money: what the answer said does
// not count, for the rude simulator lies in it.
func (c *wireCall) carriedOut() bool {
	return c.changed && slices.Contains(moved[c.function], c.status)
}
