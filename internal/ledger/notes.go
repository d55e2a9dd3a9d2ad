package ledger

import (
	"context"
	"fmt"
)

// Notes keep what the house remembers of its own work, where several processes share the
// books: whichever of them does it next goes on from there. They hold no personal data, and
// losing them loses no money: work is done once more. Implementations are safe for
// concurrent use, and every one passes ledgertest.RunNotes.
type Notes interface {
	// Notes gives those whose names begin so, by their names.
	Notes(ctx context.Context, prefix string) (map[string][]byte, error)
	// PutNote makes a note durable, in place of the one of that name, before it returns
	// nil; an empty one is taken away. The error of a name or a body that CheckNote
	// refuses is its own. After any other it may be there.
	PutNote(ctx context.Context, name string, body []byte) error
}

// MaxNote is how long a note may be, in bytes.
const MaxNote = 4 << 20

// CheckNote reports a name that is none, of 1 to 512 bytes of UTF-8, and a body that is too
// long.
func CheckNote(name string, body []byte) error {
	if name == "" || len(name) > 512 || !isText(name) || len(body) > MaxNote {
		return fmt.Errorf("ledger: a note of %d bytes under a name of %d", len(body), len(name))
	}
	return nil
}
