package shipping

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/money"
)

// parcel is a sound row: number n of a run, to the n-th person.
func parcel(n int64) Row {
	who := Receiver{fmt.Sprintf("受取人 %d 号", n), prefectures[n%47]}
	return Row{Reference: fmt.Sprint(1000 + n), Slip: string(slipOf(40_000_000_000 + n)), ReceiverB2: who, ReceiverOrder: who, Amount: 5080}
}

func run(n int64) (rows []Row) {
	for i := range n {
		rows = append(rows, parcel(i))
	}
	return rows
}

// shown is findings as a table can hold them: kind, weight, rows.
func shown(findings []Finding) (all []string) {
	for _, f := range findings {
		all = append(all, fmt.Sprint(f.Kind, " ", f.Weight, " ", f.Rows))
	}
	return all
}

// to gives the row the receiver on both sides.
func (r Row) to(name string) Row {
	r.ReceiverB2, r.ReceiverOrder = Receiver{Name: name}, Receiver{Name: name}
	return r
}

// with gives the row a slip.
func (r Row) with(slip string) Row { r.Slip = slip; return r }

// by gives the row a carrier.
func (r Row) by(c Carrier) Row { r.Carrier = c; return r }

// P38 P60 P62 P63 P64 P70: what a batch is looked through for, each alone.
func TestCheckBatch(t *testing.T) {
	slip := string(slipOf(40_000_000_000))
	for _, c := range []struct {
		name string
		rows []Row
		want []string
	}{
		{"nothing", nil, nil},
		{"sound rows", run(20), nil},
		{"a sound row by name", []Row{parcel(0).by(CarrierYamato)}, nil},
		{"blank", []Row{parcel(0), parcel(1).with("　")}, []string{"blank 2 [1]"}},
		{"check digit", []Row{parcel(0), parcel(1).with("400000000019")}, []string{"not_yamato 2 [1]"}},
		{"another's number under Yamato", []Row{parcel(0).with("EE123456789JP")}, []string{"not_yamato 2 [0]"}},
		{"zeros", []Row{parcel(0).with("0000-0000-0000"), parcel(1).with("000000000000")}, []string{"placeholder 2 [0]", "placeholder 2 [1]"}},
		{"zeros under another carrier", []Row{parcel(0).with("000000000000").by(CarrierOther), parcel(1).with("000000000000").by(CarrierOther)}, nil},
		{"no number under another carrier", []Row{parcel(0).with("").by(CarrierOther)}, nil},
		{"another's number", []Row{parcel(0).with("EE123456789JP").by("japan-post")}, nil},
		{"Yamato's form far from Yamato's", []Row{parcel(0), parcel(1).with("123456789013").by("sagawa")}, []string{"yamato_form 0 [1]"}},
		{"Yamato's form beside Yamato's", []Row{parcel(0), parcel(1).by("sagawa")}, []string{"yamato_form 1 [1]"}},
		{"used twice", []Row{parcel(0), parcel(1), parcel(2).with(slip)}, []string{"used_twice 2 [0 2]"}},
		{"used twice, written in two ways", []Row{parcel(0), parcel(1).with("伝票番号 " + slip[:4] + "－" + slip[4:])}, []string{"used_twice 2 [0 1]"}},
		{"used twice, receivers not known", []Row{{Reference: "1", Slip: slip}, {Reference: "2", Slip: slip}}, []string{"used_twice 2 [0 1]"}},
		{"used twice, no references", []Row{{Slip: slip}, {Slip: slip}}, []string{"used_twice 2 [0 1]"}},
		{"a bundle", []Row{parcel(0).to("佐藤"), parcel(1).with(slip).to("佐藤様")}, []string{"bundle 0 [0 1]"}},
		{"one prefecture is no bundle", []Row{{Reference: "1", Slip: slip, ReceiverOrder: Receiver{"", "東京都"}}, {Reference: "2", Slip: slip, ReceiverOrder: Receiver{"", "東京都"}}}, []string{"used_twice 2 [0 1]"}},
		{"a bundle of four", []Row{parcel(0).to("佐藤"), parcel(1).with(slip).to("佐藤"), parcel(2).with(slip).to("佐藤"), parcel(3).with(slip).to("佐藤")}, []string{"used_twice 2 [0 1 2 3]"}},
		{"a bundle with one row twice", []Row{parcel(0).to("佐藤"), parcel(1).with(slip).to("佐藤"), parcel(1).with(slip).to("佐藤")}, []string{"bundle 0 [0 1 2]"}},
		{"one row twice", []Row{parcel(0), parcel(0)}, []string{"repeated 0 [0 1]"}},
		{"several parcels of one order", []Row{parcel(0), {Reference: "1000", Slip: parcel(1).Slip}}, nil},
		{"another carrier's number twice", []Row{parcel(0).with("EE1JP").by("x"), parcel(1).with(" EE1JP").by("x")}, []string{"used_twice 1 [0 1]"}},
		{"one number, two carriers", []Row{parcel(0), parcel(1).with(slip).by("x")}, []string{"used_twice 2 [0 1]", "yamato_form 1 [1]"}},
		{"one letter text, two carriers", []Row{parcel(0).with("EE1JP").by("y"), parcel(1).with("EE1JP").by("x")}, []string{"used_twice 2 [0 1]"}},
	} {
		got := shown(CheckBatch(c.rows, nil))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q; want %q", c.name, got, c.want)
		}
	}
}

// P62: slips at the wrong order, by the receivers of slip and order.
func TestReceivers(t *testing.T) {
	cross := func(rows []Row, i, j int) []Row {
		rows[i].ReceiverB2, rows[j].ReceiverB2 = rows[j].ReceiverB2, rows[i].ReceiverB2
		return rows
	}
	nameless := run(3)
	for i := range nameless {
		nameless[i].ReceiverB2.Name, nameless[i].ReceiverOrder.Name = "", ""
	}
	other := run(2)
	other[1].ReceiverB2 = Receiver{"誰か", "沖縄県"}
	spelled := run(2)
	spelled[1].ReceiverB2.Name = "UKETORININ ICHI"
	copied := run(3)
	copied[2].ReceiverB2 = copied[0].ReceiverB2
	twice := cross(run(3), 0, 1)
	twice[2].ReceiverB2, twice[2].ReceiverOrder = twice[0].ReceiverB2, twice[0].ReceiverOrder
	placed := run(2)
	placed[0].ReceiverB2, placed[0].ReceiverOrder = Receiver{"", "東京都"}, Receiver{"", "大阪府"}
	placed[1].ReceiverB2, placed[1].ReceiverOrder = Receiver{"", "北海道"}, Receiver{"", "東京都"}
	shifted := run(3)
	for i := range shifted {
		shifted[i].ReceiverB2 = parcel(int64(i+1) % 3).ReceiverB2
	}
	bundle := cross(run(2), 0, 1)
	bundle[1].Slip = bundle[0].Slip
	for _, c := range []struct {
		name string
		rows []Row
		want []string
	}{
		{"swapped", cross(run(5), 1, 3), []string{"swapped 1 [1 3]"}},
		{"swapped, two pairs", cross(cross(run(5), 4, 0), 1, 3), []string{"swapped 1 [0 4]", "swapped 1 [1 3]"}},
		{"swapped, prefectures alone", cross(nameless, 0, 2), []string{"swapped 1 [0 2]"}},
		{"swapped, and a third like one of them", twice, []string{"swapped 1 [0 1]", "misplaced 1 [2 1]"}},
		{"a prefecture alone is nobody's", placed, []string{"other_region 1 [0]", "other_region 1 [1]"}},
		{"swapped, without slips", cross([]Row{parcel(0).with(""), parcel(1)}, 0, 1), []string{"blank 2 [0]", "misplaced 1 [1 0]"}},
		{"one slip, two orders crossed", bundle, []string{"used_twice 2 [0 1]", "misplaced 1 [0 1]", "misplaced 1 [1 0]"}},
		{"shifted by a row", shifted, []string{"misplaced 1 [0 1]", "misplaced 1 [1 2]", "misplaced 1 [2 0]"}},
		{"one goes where another goes", copied, []string{"misplaced 1 [2 0]"}},
		{"one goes elsewhere", other, []string{"other_region 1 [1]"}},
		{"one is written otherwise", spelled, nil},
	} {
		if got := shown(CheckBatch(c.rows, nil)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q; want %q", c.name, got, c.want)
		}
	}
}

// P62: of many orders to one name only some are held against a slip; none that
// goes to another prefecture is passed over for that.
func TestManyNamesakes(t *testing.T) {
	rows := run(3 * maxNamesakes)
	for i := range rows {
		rows[i].ReceiverB2, rows[i].ReceiverOrder = Receiver{"佐藤", "東京都"}, Receiver{"佐藤", "大阪府"}
	}
	rows[7].ReceiverB2, rows[7].ReceiverOrder = rows[7].ReceiverOrder, rows[7].ReceiverB2
	got := CheckBatch(rows, nil)
	found := map[int]bool{}
	for _, f := range got {
		found[f.Rows[0]], found[f.Rows[len(f.Rows)-1]] = true, true
	}
	if len(found) != len(rows) || !slices.Contains(shown(got), "swapped 1 [0 7]") {
		t.Errorf("%d of %d rows are found: %q", len(found), len(rows), shown(got))
	}
}

// P60 P38: a finding brings what a person needs to decide.
func TestFindingsTell(t *testing.T) {
	rows := run(9)
	rows[4].Slip = strings.Replace(rows[4].Slip, "4", "5", 1)
	got := CheckBatch(rows, nil)
	if len(got) != 1 || got[0].Fault == nil || got[0].Fault.Fault != SlipCheckDigit || len(got[0].Suggestions) == 0 || got[0].Suggestions[0].Slip != Slip(parcel(4).Slip) {
		t.Fatalf("%+v", got)
	}
	if says := got[0].String(); !strings.Contains(says, "row 5:") || !strings.Contains(says, rows[4].Slip) {
		t.Errorf("says %q", says)
	}
	rich := []Row{parcel(0).to("佐藤"), parcel(1).with(parcel(0).Slip).to("佐藤")}
	rich[0].Amount = 299_999
	got = CheckBatch(rich, nil)
	if len(got) != 1 || got[0].Limit == nil || *got[0].Limit != (LimitError{LimitBundleAmount, 305_079, 300_000}) || !strings.Contains(got[0].String(), "305079") {
		t.Errorf("%+v", got)
	}
	stray := Row{Reference: "1", Slip: "4111111111111111"}
	if says := CheckBatch([]Row{stray}, nil)[0].String(); strings.Contains(says, "4111") {
		t.Errorf("repeats a card number: %q", says)
	}
	for kind := range questions {
		if says := (Finding{Kind: kind, Rows: []int{0, 1}}).String(); !strings.HasPrefix(says, "rows 1, 2: ") {
			t.Errorf("%s says %q", kind, says)
		}
		if says := (Finding{Kind: kind, Rows: []int{0, 1}, Number: "123"}).Japanese(); !strings.HasPrefix(says, "1・2行目：送り状番号 \"123\"：") || strings.HasSuffix(says, "：") {
			t.Errorf("%s says %q", kind, says)
		}
	}
	for _, f := range got {
		if says := f.Japanese(); !strings.Contains(says, "305079円") {
			t.Errorf("says %q", says)
		}
	}
	for _, fault := range []SlipFault{SlipEmpty, SlipLength, SlipCharacter, SlipCheckDigit, SlipRounded} {
		if says := (&SlipError{Fault: fault, Character: 'x', Digits: 11, Want: 3}).Japanese(); strings.Contains(says, "%!") || !strings.Contains(says, "送り状番号") {
			t.Errorf("%s says %q", fault, says)
		}
	}
	for _, fault := range []LimitFault{LimitSlips, LimitBundleOrders, LimitBundleAmount, LimitBundleReceiver, LimitAmount} {
		if says := (&LimitError{fault, 4, 3}).Japanese(); strings.Contains(says, "%!") || !strings.Contains(says, "4") {
			t.Errorf("%s says %q", fault, says)
		}
	}
}

// P60: what is known besides the batch helps one that is a single row.
func TestBatchUsesHints(t *testing.T) {
	known := NewHints(nil, []Slip{slipOf(12345678900), slipOf(12345678902)})
	got := CheckBatch([]Row{{Reference: "1", Slip: "123956789013"}}, known)
	if len(got) != 1 || len(got[0].Suggestions) != 1 || got[0].Suggestions[0].Slip != "123456789013" {
		t.Errorf("%+v", got)
	}
	if len(known.taken) != 2 {
		t.Error("the batch changed the hints that it was given")
	}
}

// P62: whichever two slips of a sound batch are swapped, both rows are named, and
// nothing else is found.
func TestAnySwapIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := run(rapid.Int64Range(2, 40).Draw(t, "rows"))
		i := rapid.IntRange(0, len(rows)-1).Draw(t, "i")
		j := rapid.IntRange(0, len(rows)-1).Draw(t, "j")
		rows[i].Slip, rows[j].Slip = rows[j].Slip, rows[i].Slip
		rows[i].ReceiverB2, rows[j].ReceiverB2 = rows[j].ReceiverB2, rows[i].ReceiverB2
		got := shown(CheckBatch(rows, nil))
		want := []string{fmt.Sprint("swapped ", Ask, " ", []int{min(i, j), max(i, j)})}
		if i == j {
			want = nil
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%d and %d: %q", i, j, got)
		}
	})
}

// P60 P63 P70: no Yamato row whose number is no slip goes unstopped, no slip is at
// two orders unseen, and every finding names rows that are there, in order.
func TestNothingSlipsThrough(t *testing.T) {
	slips := rapid.SampledFrom([]string{"", " ", "000000000000", "123456789013", "1234-5678-9013", "123456789012", "12345678901", "EE1JP", "4.71E+11", parcel(0).Slip, parcel(1).Slip})
	carriers := rapid.SampledFrom([]Carrier{"", CarrierYamato, CarrierOther, "sagawa"})
	names := rapid.SampledFrom([]string{"", "佐藤", "鈴木", "高橋"})
	receiver := rapid.Custom(func(t *rapid.T) Receiver {
		return Receiver{names.Draw(t, "name"), rapid.SampledFrom([]string{"", "東京都", "大阪府"}).Draw(t, "where")}
	})
	row := rapid.Custom(func(t *rapid.T) Row {
		return Row{
			rapid.SampledFrom([]string{"", "1", "2", "3"}).Draw(t, "reference"), carriers.Draw(t, "carrier"), slips.Draw(t, "slip"),
			receiver.Draw(t, "b2"), receiver.Draw(t, "order"), money.Yen(rapid.IntRange(-1, 200_000).Draw(t, "amount")),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(row, 0, 12).Draw(t, "rows")
		findings := CheckBatch(rows, nil)
		stopped, together := map[int]bool{}, map[[2]int]bool{}
		for n, f := range findings {
			if n > 0 && findings[n-1].Rows[0] > f.Rows[0] {
				t.Fatalf("findings are not by row: %q", shown(findings))
			}
			for k, r := range f.Rows {
				if r < 0 || r >= len(rows) || k > 0 && f.Kind != FindMisplaced && f.Rows[k-1] >= r {
					t.Fatalf("%+v", f)
				}
				stopped[r] = stopped[r] || f.Weight == Stop
				for _, q := range f.Rows[:k] {
					together[[2]int{q, r}] = true
				}
			}
			if f.String() == "" {
				t.Fatalf("%+v says nothing", f)
			}
		}
		for i, r := range rows {
			slip, err := Fold(r.Slip)
			if r.yamato() && (err != nil || slip.Placeholder()) && !stopped[i] {
				t.Fatalf("row %d with %q is not stopped: %q", i, r.Slip, shown(findings))
			}
			for j, q := range rows[:i] {
				if s, _ := Fold(q.Slip); s != "" && s == slip && !s.Placeholder() && !together[[2]int{j, i}] {
					t.Fatalf("rows %d and %d have %s, unseen: %q", j, i, s, shown(findings))
				}
			}
		}
	})
}
