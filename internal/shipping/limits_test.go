package shipping

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/money"
)

// P38: the 99th slip is the last.
func TestJudgeSlips(t *testing.T) {
	for n, want := range map[int]bool{0: true, 1: true, 99: true, 100: false, 1000: false} {
		err := JudgeSlips(n)
		var limit *LimitError
		if (err == nil) != want || err != nil && (!errors.As(err, &limit) || *limit != LimitError{LimitSlips, int64(n), 99} || err.Error() == "") {
			t.Errorf("JudgeSlips(%d): %v", n, err)
		}
	}
}

// P38: three orders, 300,000 yen, one consignee.
func TestJudgeBundle(t *testing.T) {
	to := func(name, where string, amounts ...money.Yen) (orders []Bundled) {
		for _, a := range amounts {
			orders = append(orders, Bundled{a, Receiver{name, where}})
		}
		return orders
	}
	sato, suzuki, tokyo, osaka := to("佐藤 花子", "", 1), to("鈴木一郎", "", 1), to("", "東京都", 1), to("", "大阪府堺市", 1)
	for _, c := range []struct {
		name   string
		orders []Bundled
		want   LimitError
	}{
		{"none", nil, LimitError{}},
		{"one alone, of any amount", to("a", "", 9_999_999), LimitError{}},
		{"three to the yen", to("a", "", 100_000, 100_000, 100_000), LimitError{}},
		{"one yen more", to("a", "", 100_000, 100_000, 100_001), LimitError{LimitBundleAmount, 300_001, 300_000}},
		{"two that are too much", to("a", "", 9_999_999, 9_999_999), LimitError{LimitBundleAmount, 19_999_998, 300_000}},
		{"four", to("a", "", 1, 1, 1, 1), LimitError{LimitBundleOrders, 4, 3}},
		{"two receivers", append(sato, suzuki...), LimitError{LimitBundleReceiver, 2, 0}},
		{"two places", append(tokyo, osaka...), LimitError{LimitBundleReceiver, 2, 0}},
		{"the third differs from the first, the second is not known", []Bundled{sato[0], {}, suzuki[0]}, LimitError{LimitBundleReceiver, 3, 0}},
		{"nothing known", make([]Bundled, 3), LimitError{}},
		{"a negative amount makes no room", to("a", "", 300_000, 100, -100), LimitError{LimitAmount, 3, 0}},
		{"an amount that no order has", to("a", "", 10_000_000), LimitError{LimitAmount, 1, 0}},
	} {
		err := JudgeBundle(c.orders)
		var limit *LimitError
		switch {
		case c.want == LimitError{}:
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		case !errors.As(err, &limit) || *limit != c.want || err.Error() == "":
			t.Errorf("%s: %v; want %+v", c.name, err, c.want)
		}
	}
}

// P38: a bundle is taken exactly if it has at most three orders and 300,000 yen,
// however the orders are put.
func TestBundleLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var orders []Bundled
		sum := 0
		for _, a := range rapid.SliceOfN(rapid.IntRange(1, 200_000), 2, 5).Draw(t, "amounts") {
			orders = append(orders, Bundled{Amount: money.Yen(a)})
			sum += a
		}
		if fits := len(orders) <= 3 && sum <= 300_000; (JudgeBundle(orders) == nil) != fits {
			t.Fatalf("%d orders, %d yen: %v", len(orders), sum, JudgeBundle(orders))
		}
	})
}
