package processor

import (
	"container/heap"
	"sync"
	"time"

	"kessai.dev/kessai/internal/payment"
)

// queue knows when each unsettled payment is to be looked at next. It is
// memory only: after a start it is filled from the books.
type queue struct {
	mu    sync.Mutex
	byID  map[payment.ID]*turn
	order turns
}

// turn is a payment's place in the queue.
type turn struct {
	id    payment.ID
	due   time.Time
	tries int       // how often it was asked about without a result
	asked time.Time // when it was last asked about
	open  time.Time // since when it has had a question without an answer; zero: it has none
	index int
}

// put sets when a payment is due, whatever it was before.
func (q *queue) put(id payment.ID, due time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	t := q.byID[id]
	if t == nil {
		q.enter(id, due)
		return
	}
	t.due = due
	heap.Fix(&q.order, t.index)
}

// add is put for a payment that is not in the queue; false: it is.
func (q *queue) add(id payment.ID, due time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.byID[id] != nil {
		return false
	}
	q.enter(id, due)
	return true
}

// enter makes a payment's place. The caller holds mu.
func (q *queue) enter(id payment.ID, due time.Time) *turn {
	if q.byID == nil {
		q.byID = make(map[payment.ID]*turn)
	}
	t := &turn{id: id, due: due}
	q.byID[id] = t
	heap.Push(&q.order, t)
	return t
}

// drop forgets a payment: it needs nobody any more.
func (q *queue) drop(id payment.ID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t := q.byID[id]; t != nil {
		heap.Remove(&q.order, t.index)
		delete(q.byID, id)
	}
}

// claim reports whether a payment was not asked about within gap before now,
// and notes that it is now. One that is not in the queue enters it, for the case that
// whoever asks dies with the question.
func (q *queue) claim(id payment.ID, now time.Time, gap time.Duration) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	t := q.byID[id]
	if t == nil {
		q.enter(id, now.Add(sweepLease)).asked = now
		return true
	}
	if now.Sub(t.asked) < gap {
		return false
	}
	t.asked = now
	return true
}

// due takes out up to n payments whose time has come: each is put off by lease,
// so that it is not given out twice.
func (q *queue) due(now time.Time, n int, lease time.Duration) []payment.ID {
	q.mu.Lock()
	defer q.mu.Unlock()
	var ids []payment.ID
	for len(ids) < n && len(q.order) > 0 && !q.order[0].due.After(now) {
		t := q.order[0]
		t.tries, t.asked = t.tries+1, now
		t.due = now.Add(lease)
		heap.Fix(&q.order, 0)
		ids = append(ids, t.id)
	}
	return ids
}

// tries is how often a payment was given out in vain.
func (q *queue) tries(id payment.ID) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t := q.byID[id]; t != nil {
		return t.tries
	}
	return 0
}

func (q *queue) size() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.order)
}

// hasten makes a payment due of which no open question is known here: somebody else has
// asked about it.
func (q *queue) hasten(id payment.ID, now time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t := q.byID[id]; t != nil && t.open.IsZero() && t.due.After(now) {
		t.due = now
		heap.Fix(&q.order, t.index)
	}
}

// note says since when a payment in the queue has had an open question; zero: it has none.
func (q *queue) note(id payment.ID, open time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if t := q.byID[id]; t != nil {
		t.open = open
	}
}

// oldest is the earliest of what was noted; zero: no question is open.
func (q *queue) oldest() time.Time {
	q.mu.Lock()
	defer q.mu.Unlock()
	var oldest time.Time
	for _, t := range q.order {
		if !t.open.IsZero() && (oldest.IsZero() || t.open.Before(oldest)) {
			oldest = t.open
		}
	}
	return oldest
}

// turns is a heap by due time.
type turns []*turn

func (t turns) Len() int           { return len(t) }
func (t turns) Less(i, j int) bool { return t[i].due.Before(t[j].due) }
func (t turns) Swap(i, j int)      { t[i], t[j] = t[j], t[i]; t[i].index, t[j].index = i, j }

// Push is for container/heap.
func (t *turns) Push(x any) { e := x.(*turn); e.index = len(*t); *t = append(*t, e) }

// Pop is for container/heap.
func (t *turns) Pop() any {
	old := *t
	e := old[len(old)-1]
	*t = old[:len(old)-1]
	return e
}
