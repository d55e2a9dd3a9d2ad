package shipping

import "slices"

// parties are the two receivers of a row, ready to be compared.
type parties struct{ b2, order identity }

// wrong reports whether the slip is for somebody else than the order.
func (p parties) wrong() bool { return p.b2.compare(p.order) == unlike }

// maxNamesakes is how many orders of one name, or in one prefecture where there
// are no names, a slip is held against, so that a large batch to one receiver
// does not take the square of its time.
const maxNamesakes = 100

// checkReceivers finds slips that are at the wrong order (P62): two swapped, a
// column shifted by a row, one that goes to another prefecture. A name that
// differs alone is no finding, as people write names in many ways: it becomes
// one when another row's order has it.
func (b *batch) checkReceivers() {
	rows := make([]parties, len(b.rows))
	byName, byPlace := map[string][]int{}, map[string][]int{}
	for i, r := range b.rows {
		rows[i] = parties{r.ReceiverB2.identity(), r.ReceiverOrder.identity()}
		if who := rows[i].order; who.name != "" {
			byName[who.name] = append(byName[who.name], i)
		}
		if where := rows[i].order.prefecture; where != "" && rows[i].wrong() {
			byPlace[where] = append(byPlace[where], i)
		}
	}
	paired := make([]bool, len(rows))
	for i, p := range rows {
		if paired[i] || !p.wrong() || b.number(i) == "" {
			continue
		}
		others := byName[p.b2.name]
		if p.b2.name == "" {
			others = byPlace[p.b2.prefecture]
		}
		b.cross(i, others[:min(len(others), maxNamesakes)], rows, paired)
	}
}

// cross finds the row whose order the slip of row i is for, among others. A row
// is one of a pair at most, the first that fits.
func (b *batch) cross(i int, others []int, rows []parties, paired []bool) {
	p := rows[i]
	swapped := slices.IndexFunc(others, func(j int) bool {
		return !paired[j] && rows[j].wrong() && b.apart(i, j) &&
			p.b2.compare(rows[j].order) == alike && rows[j].b2.compare(p.order) == alike
	})
	if swapped >= 0 {
		j := others[swapped]
		paired[i], paired[j] = true, true
		b.find(Finding{Kind: FindSwapped, Weight: Ask, Rows: []int{min(i, j), max(i, j)}})
		return
	}
	misplaced := slices.IndexFunc(others, func(j int) bool {
		return p.b2.name != "" && b.rows[j].Reference != b.rows[i].Reference && p.b2.compare(rows[j].order) == alike
	})
	switch {
	case misplaced >= 0:
		b.find(Finding{Kind: FindMisplaced, Weight: Ask, Rows: []int{i, others[misplaced]}, Number: b.number(i)})
	case p.b2.elsewhere(p.order):
		b.find(Finding{Kind: FindOtherPlace, Weight: Ask, Rows: []int{i}, Number: b.number(i)})
	}
}

// apart reports whether two rows are two parcels of two orders.
func (b *batch) apart(i, j int) bool {
	n := b.number(j)
	return n != "" && n != b.number(i) && b.rows[i].Reference != b.rows[j].Reference
}
