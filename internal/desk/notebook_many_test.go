package desk

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kessai.dev/kessai/internal/payment"
)

// manyBooks have a hundred open questions, the newest first. No payment is read before so
// many are asked for as may be read at once.
type manyBooks struct{ asked sync.WaitGroup }

const many = 100

func (b *manyBooks) Unsettled(_ context.Context, yield func(payment.ID) bool) error {
	for i := range many {
		if !yield(payment.ID(fmt.Sprint(many - i))) {
			return nil
		}
	}
	return nil
}

func (b *manyBooks) Load(_ context.Context, id payment.ID) (*payment.Payment, error) {
	age := time.Duration(0)
	if _, err := fmt.Sscan(string(id), &age); err != nil {
		return nil, err
	}
	if age > many-readers { // one of the first of each reader
		b.asked.Done()
		b.asked.Wait()
	}
	question := &payment.Question{Operation: payment.OpAuthorize, Asked: noon.Add(age)}
	return &payment.Payment{ID: id, Attempts: []payment.Attempt{{Number: 1, Open: question}}}, nil
}

// P18: a start after a crash does not read what was under way one by one: beside living
// processes it would take as long as they are busy. The oldest question comes first.
func TestNotebookReadsSideBySide(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.json")
	if _, _, err := OpenNotebook(t.Context(), path, brokenBooks{}, noon, Shared{}); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		books := &manyBooks{}
		books.asked.Add(readers)
		n, _, err := OpenNotebook(t.Context(), path, books, noon, Shared{})
		if err != nil {
			t.Fatal(err)
		}
		open := n.began.Open
		if len(open) != many {
			t.Fatalf("%d notes", len(open))
		}
		for i, one := range open {
			if one.Payment != payment.ID(fmt.Sprint(i+1)) {
				t.Fatalf("note %d is of %s", i, one.Payment)
			}
		}
	})
}
