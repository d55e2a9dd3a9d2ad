package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
)

// order is one order and what is to become of it.
type order struct {
	number, token, delivery, mode string
	amount                        int
	forgetful                     bool // the shop never says that it has the order
	todo                          []task

	payment string
	created bool
}

// task is one call of the shop, not before a day.
type task struct {
	verb, body string
	day        int
	tries      int
}

// lot is drawn with its weight.
type lot[T any] struct {
	weight int
	what   T
}

func draw[T any](r *rand.Rand, lots []lot[T]) T {
	sum := 0
	for _, l := range lots {
		sum += l.weight
	}
	n := r.IntN(sum)
	for _, l := range lots {
		if n -= l.weight; n < 0 {
			return l.what
		}
	}
	panic("unreachable")
}

var tokens = []lot[string]{
	{70, "SIMAPPROVED00000"},
	{3, "SIMDECLINED00000"},
	{2, "SIMHARDDECLINE00"},
	{2, "SIMLOSTANSWER000"},
	{2, "SIMNOANSWER00000"},
	{3, "SIMCHALLENGE0000"},
	{1, "SIMCHALLENGELOST"},
	{1, "SIMLATEHOLD00000"},
	{1, "SIMINPROGRESS000"},
	{1, "SIMABORTED000000"},
	{1, "SIMUNKNOWNSTATE0"},
	{1, "SIMHALFADJUST000"},
	{1, "SIMLOSTADJUST000"},
	{1, "SIMDROPCAPTURE00"},
	{1, "SIMLOSTCAPTURE00"},
	{1, "SIMLOSTCANCEL000"},
	{1, "SIMREFUSECAPTURE"},
	{1, "SIMSETTLEDFINAL0"},
	{1, "SIMREFUSEADJUST0"},
	{1, "SIMTIMEOUT999HLD"},
}

// fates are what a shop does with an order after days.
var fates = []lot[func(*order, *rand.Rand, int)]{
	{60, (*order).send},
	{8, func(o *order, r *rand.Rand, day int) { o.plan("cancel", `{}`, day+r.IntN(3)) }},
	{8, func(o *order, r *rand.Rand, day int) {
		o.plan("adjust", fmt.Sprintf(`{"amount":%d}`, 1+r.IntN(2*o.amount)), day)
		o.send(r, day+1)
	}},
	{6, func(o *order, r *rand.Rand, day int) {
		o.send(r, day)
		o.plan("cancel", `{}`, day+3+r.IntN(6))
	}},
	{5, func(o *order, r *rand.Rand, day int) {
		o.send(r, day)
		o.plan("adjust", fmt.Sprintf(`{"amount":%d}`, 1+r.IntN(o.amount)), day+3+r.IntN(6))
	}},
	{5, func(o *order, r *rand.Rand, day int) {
		o.send(r, day)
		if o.delivery == "takkyubin" {
			o.plan("correctShipment", fmt.Sprintf(`{"shipment":{"slipNumber":"%s"}}`, slip(r)), day+2)
		}
	}},
	{3, func(o *order, r *rand.Rand, day int) {
		o.plan("reauthorize", `{}`, day+1)
		o.send(r, day+2)
	}},
	{5, func(*order, *rand.Rand, int) {}}, // forgotten: the hold lapses
}

// newOrder is the n-th order of the month: the same for the same seed.
func newOrder(seed uint64, n, day int) *order {
	r := random(seed, n)
	o := &order{
		number: fmt.Sprintf("M%05d", n), amount: 500 + r.IntN(60_000), token: draw(r, tokens),
		delivery:  draw(r, []lot[string]{{60, "takkyubin"}, {30, "other"}, {10, ""}}),
		mode:      draw(r, []lot[string]{{85, ""}, {15, "AUTHORIZE_AND_CAPTURE"}}),
		forgetful: r.IntN(100) < 6,
	}
	if !o.forgetful {
		draw(r, fates)(o, r, day+1+r.IntN(3))
	}
	return o
}

func (o *order) plan(verb, body string, day int) {
	o.todo = append(o.todo, task{verb: verb, body: body, day: day})
}

// send ships, with a slip or without one that could be known.
func (o *order) send(r *rand.Rand, day int) {
	if o.delivery == "takkyubin" {
		o.plan("ship", fmt.Sprintf(`{"shipment":{"carrier":"yamato","slipNumber":"%s"}}`, slip(r)), day)
		return
	}
	o.plan("ship", `{"shipment":{"carrier":"other","slipNumber":"X-1"}}`, day)
}

// slip is a Yamato number with its check digit.
func slip(r *rand.Rand) string {
	n := 10_000_000_000 + r.Int64N(80_000_000_000)
	return fmt.Sprintf("%011d%d", n, n%7)
}

// call is one REST call of the shop's; 0: no answer.
func (m *month) call(bearer, method, path, key, body string) (int, map[string]any) {
	m.Helper()
	req, err := http.NewRequestWithContext(m.Context(), method, "http://"+m.server.addr.String()+path, strings.NewReader(body))
	if err != nil {
		m.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+bearer)
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := m.client.Do(req)
	if err != nil {
		m.Errorf("%s %s: %v", method, path, err)
		return 0, nil
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	var answer map[string]any
	if err != nil || json.Unmarshal(raw, &answer) != nil {
		m.Errorf("%s %s: %d %v %s", method, path, res.StatusCode, err, raw)
	}
	return res.StatusCode, answer
}

// provider is one call of the provider's console.
func (m *month) provider(path string, req, res any) {
	m.Helper()
	body, err := json.Marshal(req)
	if err != nil {
		m.Fatal(err)
	}
	r, err := m.client.Post("http://"+m.server.simulatorAddr.String()+"/admin/"+path, "application/json", bytes.NewReader(body))
	if err != nil {
		m.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	raw, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		m.Fatalf("%s %s: %d %v %s", path, body, r.StatusCode, err, raw)
	}
	if res != nil {
		if err := json.Unmarshal(raw, res); err != nil {
			m.Fatalf("%s: %v %s", path, err, raw)
		}
	}
}

// checkout is one shopper's purchase.
func (m *month) checkout(o *order) {
	body := fmt.Sprintf(`{"amount":%d,"orderNumber":"%s","cardToken":"%s","deliveryMethod":"%s","captureMode":"%s","returnUri":"http://127.0.0.1/thanks"}`,
		o.amount, o.number, o.token, o.delivery, o.mode)
	status, p := m.call(demoKey, "POST", "/v1/payments", "create-"+o.number, body)
	if status != http.StatusOK {
		m.count("purchase refused:", status, reason(p))
		return
	}
	o.payment, _ = p["name"].(string)
	o.created = true
	m.count("purchases")
	if p["state"] == "STATE_AUTHENTICATING" {
		m.authenticate(p)
	}
	if !o.forgetful {
		if status, p := m.call(demoKey, "PATCH", "/v1/"+o.payment+"/order", "", `{"state":"OPEN"}`); status != http.StatusOK {
			m.Errorf("%s: the shop could not say that it has the order: %d %v", o.payment, status, p)
		}
	}
}

// authenticate is what the shopper's browser does at the issuer's.
func (m *month) authenticate(p map[string]any) {
	var back struct {
		URL    string                         `json:"url"`
		Fields []struct{ Name, Value string } `json:"fields"`
	}
	m.provider("challenge", map[string]any{"orderNo": p["acceptanceNumber"], "action": "authenticate"}, &back)
	form := url.Values{}
	for _, f := range back.Fields {
		form.Set(f.Name, f.Value)
	}
	res, err := m.client.PostForm(back.URL, form)
	if err != nil {
		m.Error(err)
		return
	}
	_ = res.Body.Close()
	m.count("challenges")
}

// reason is why a call was refused.
func reason(answer map[string]any) any {
	for _, d := range list(answer["details"]) {
		if r, ok := d.(map[string]any)["reason"]; ok {
			return r
		}
	}
	return answer["message"]
}

// work does the shop's tasks of today. What the provider could not take now is
// tried again with the same key, a bounded number of times.
func (m *month) work() {
	today := int(m.clock().Sub(m.began).Hours() / 24)
	each(m.orders, func(o *order) {
		for o.created && len(o.todo) > 0 && o.todo[0].day <= today {
			t := &o.todo[0]
			key := fmt.Sprintf("%s-%s-%d", o.number, t.verb, len(o.todo))
			status, p := m.call(demoKey, "POST", "/v1/"+o.payment+":"+t.verb, key, t.body)
			t.tries++
			again := status == http.StatusServiceUnavailable || status == http.StatusConflict || p["pendingOperation"] != nil
			if again && t.tries < 8 {
				return
			}
			if status != http.StatusOK {
				m.count(t.verb, "refused:", status, reason(p))
			} else {
				m.count(t.verb)
			}
			o.todo = o.todo[1:]
		}
	})
}
