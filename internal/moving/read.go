package moving

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// row is one line of the file.
type row struct {
	line                               int
	order, acceptance, state, delivery string
	twice                              bool
}

// headers are the names that a column may have in the first line, in small
// letters.
var headers = map[string][]string{
	"order":      {"order_number", "order number", "order", "ordernumber", "受注番号", "注文番号", "注文id"},
	"acceptance": {"acceptance_number", "acceptance number", "acceptancenumber", "受付番号", "決済id", "決済番号", "取引id"},
	"state":      {"state", "status", "状態", "決済状況", "ステータス"},
	"delivery":   {"delivery_method", "delivery method", "deliverymethod", "配送方法"},
}

// states are the words that a state may have, in capitals.
var states = map[string]payment.Standing{
	"AUTHORIZED": payment.StandingHeld, "STATE_AUTHORIZED": payment.StandingHeld, "与信": payment.StandingHeld, "与信完了": payment.StandingHeld,
	"与信済": payment.StandingHeld, "与信済み": payment.StandingHeld, "仮売上": payment.StandingHeld,
	"CAPTURED": payment.StandingCaptured, "STATE_CAPTURED": payment.StandingCaptured, "売上": payment.StandingCaptured, "売上確定": payment.StandingCaptured,
	"実売上": payment.StandingCaptured, "精算確定待ち": payment.StandingCaptured,
	"SETTLED": payment.StandingSettled, "STATE_SETTLED": payment.StandingSettled, "精算確定": payment.StandingSettled,
	"CANCELED": payment.StandingCanceled, "CANCELLED": payment.StandingCanceled, "STATE_CANCELED": payment.StandingCanceled, "取消": payment.StandingCanceled,
	"キャンセル": payment.StandingCanceled,
}

// read takes the file apart: UTF-8, with its mark or without, or CP932; the first
// line names the columns, in any order, and others are passed over.
func read(content []byte) ([]row, error) {
	switch {
	case len(content) == 0:
		return nil, unreadable("is needed: a CSV whose first line names its columns")
	case len(content) > MaxFile:
		return nil, unreadable(fmt.Sprintf("is larger than %d bytes: split it", MaxFile))
	}
	if !utf8.Valid(content) {
		decoded, err := japanese.ShiftJIS.NewDecoder().Bytes(content)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, unreadable("is neither UTF-8 nor CP932")
		}
		content = decoded
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(content, []byte("\uFEFF"))))
	r.FieldsPerRecord = -1
	first, err := r.Read()
	if err != nil {
		return nil, unreadable("has a first line that cannot be read: " + err.Error())
	}
	at := map[string]int{}
	for i, name := range first {
		for what, names := range headers {
			if slices.Contains(names, strings.ToLower(strings.TrimSpace(name))) {
				at[what] = i
			}
		}
	}
	if _, ok := at["order"]; !ok {
		return nil, unreadable("has no column order_number (受注番号): the first line must name the columns")
	}
	return readRows(r, at)
}

func readRows(r *csv.Reader, at map[string]int) ([]row, error) {
	var rows []row
	seen := map[string]bool{}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, unreadable("cannot be read on: " + err.Error())
		}
		cell := func(what string) string {
			if i, ok := at[what]; ok && i < len(cells) {
				return strings.TrimSpace(cells[i])
			}
			return ""
		}
		one := row{order: cell("order"), acceptance: cell("acceptance"), state: cell("state"), delivery: cell("delivery")}
		one.line, _ = r.FieldPos(0)
		if one.acceptance == "" {
			one.acceptance = one.order // as old systems do that have one number only
		}
		one.twice = seen["o"+one.order] || seen["a"+one.acceptance]
		seen["o"+one.order], seen["a"+one.acceptance] = true, true
		if rows = append(rows, one); len(rows) > MaxRows {
			return nil, unreadable(fmt.Sprintf("has more than %d orders: split it", MaxRows))
		}
	}
}

func unreadable(text string) error {
	return &payment.InvalidError{Violations: []payment.Violation{{Field: "content", Text: text}}}
}

// damaged is what a spreadsheet makes of a long number (P67).
var damaged = regexp.MustCompile(`^\d(\.\d+)?E\+?\d+$`)

// command is what the row asks for, or the word of what is wrong with it.
func (r *row) command(s *shop.Shop) (cmd payment.Import, bad string) {
	cmd = payment.Import{OrderNumber: r.order, Acceptance: r.acceptance}
	_, known := states[strings.ToUpper(r.state)]
	switch {
	case r.twice:
		return cmd, "twice"
	case damaged.MatchString(strings.ToUpper(r.order)), damaged.MatchString(strings.ToUpper(r.acceptance)):
		return cmd, "damaged"
	case r.order == "" || utf8.RuneCountInString(r.order) > payment.MaxOrderField:
		return cmd, "order"
	case !payment.ValidAcceptance(r.acceptance):
		return cmd, "number"
	case r.state != "" && !known:
		return cmd, "state"
	}
	if r.delivery == "" {
		return cmd, ""
	}
	for _, m := range s.Settings.Deliveries {
		if m.ID == r.delivery || m.Name == r.delivery {
			cmd.Delivery, cmd.Yamato = m.ID, m.Yamato()
			return cmd, ""
		}
	}
	return cmd, "delivery"
}

// differs reports whether the provider shows something else than the row says.
// That what was charged has been settled is nobody's mistake, and a reservation
// holds like a hold.
func (r *row) differs(shown payment.Standing) bool {
	claimed, ok := states[strings.ToUpper(r.state)]
	switch {
	case !ok || shown == payment.StandingWaiting:
		return false
	case shown == payment.StandingReserved:
		shown = payment.StandingHeld
	case shown == payment.StandingSettled && claimed == payment.StandingCaptured:
		return false
	case claimed == payment.StandingCanceled && (shown == payment.StandingNone || shown == payment.StandingFailed):
		return false
	}
	return shown != claimed
}
