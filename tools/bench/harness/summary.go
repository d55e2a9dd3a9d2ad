package harness

import (
	"fmt"
	"maps"
	"slices"
	"time"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// summary prints what was done and found. Any difference is an error.
func (w *world) summary(took time.Duration) error {
	differences := w.book.differences()
	row := func(what string, value any) { fmt.Printf("| %s | %v |\n", what, value) }
	fmt.Printf("\n| what | |\n|---|---:|\n")
	row("seed", w.seed)
	row("took", took.Round(time.Second))
	row("sessions", map[bool]string{true: "Redis", false: "embedded"}[w.redis])
	if w.mode == "kills" {
		row("kills (SIGKILL)", w.kills)
		row("start on the same books, median and longest", fmt.Sprintf("%s, %s", quantile(w.starts, 0.5), quantile(w.starts, 1)))
	}
	w.book.mu.Lock()
	payments, yes, no, answered := len(w.book.payments), []time.Duration(nil), []time.Duration(nil), 0
	for _, r := range w.book.payments {
		answered += len(r.answers)
		y, n := settleTimes(r.story)
		yes, no = append(yes, y...), append(no, n...)
	}
	w.book.mu.Unlock()
	row("payments acknowledged", payments)
	row("answers acknowledged, versions remembered", fmt.Sprintf("%d, %d", w.count.answers.Load(), answered))
	row("calls sent again with the same key: cut off", w.book.again[""])
	for _, reason := range slices.Sorted(maps.Keys(w.book.again)) {
		if reason != "" {
			row("… told "+reason, w.book.again[reason])
		}
	}
	row("answers that were replays", w.count.replays.Load())
	row("old requests sent once more", w.count.rechecked.Load())
	row("orders paid from two tabs at once", w.count.twins.Load())
	row("by scenario: answers lost, nothing done and no answer, other rudeness", fmt.Sprintf("%d, %d, %d", w.count.lost.Load(), w.count.silent.Load(), w.count.rude.Load()))
	row("shipments, corrections", fmt.Sprintf("%d, %d", w.count.shipped.Load(), w.count.corrected.Load()))
	row("sent to 3-D Secure", w.count.challenged.Load())
	row("refusals as they should be", w.count.refused.Load())
	row("histories read and held against the answers", w.count.audited.Load())
	row("questions settled by asking (E04): yes, no", fmt.Sprintf("%d, %d", len(yes), len(no)))
	row("time to settle a yes: p50, p95, longest", fmt.Sprintf("%s, %s, %s", quantile(yes, 0.5), quantile(yes, 0.95), quantile(yes, 1)))
	row("time to settle a no: p50, p95, longest", fmt.Sprintf("%s, %s, %s", quantile(no, 0.5), quantile(no, 0.95), quantile(no, 1)))
	w.printCalls(row)
	row("held: payments and yen, kessai and provider", fmt.Sprintf("%d ¥%d, %d ¥%d", w.ours.heldCount, w.ours.held, w.theirs.heldCount, w.theirs.held))
	row("charged: payments and yen, kessai and provider", fmt.Sprintf("%d ¥%d, %d ¥%d", w.ours.chargedCount, w.ours.charged, w.theirs.chargedCount, w.theirs.charged))
	row("kessai verify", w.count.verified.Load())
	row("**differences**", differences)
	if differences > 0 {
		return fmt.Errorf("%d differences, seed %d", differences, w.seed)
	}
	return nil
}

func (w *world) printCalls(row func(string, any)) {
	text := ""
	for _, name := range slices.Sorted(maps.Keys(w.calledFor)) {
		text += fmt.Sprintf("%s %d ", name, w.calledFor[name])
	}
	row("calls at the provider", text)
}

// settleTimes are the times of the questions of one payment that had to be
// settled by asking, from when they were asked to when the fact was written.
func settleTimes(story []*paymentv1.PaymentEvent) (yes, no []time.Duration) {
	for _, q := range questions(story).done {
		switch {
		case !q.inquiry:
		case q.yes:
			yes = append(yes, q.took)
		default:
			no = append(no, q.took)
		}
	}
	return yes, no
}

func quantile(times []time.Duration, q float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))].Round(time.Millisecond)
}
