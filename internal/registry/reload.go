package registry

import (
	"context"

	"kessai.dev/kessai/internal/ledger"
)

// reload takes in what the books have that memory has not: a revision of which nobody knew
// whether it was written, or another process' one. Documents are never removed: what is read
// takes the place of what is known. After an error the directory stays as it was. The caller
// holds change.
func (r *Registry) reload(ctx context.Context) error {
	var list []ledger.Document
	err := r.o.Books.EachDocument(ctx, func(d ledger.Document) bool {
		list = append(list, d)
		return true
	})
	if err != nil {
		return err
	}
	r.mu.Lock()
	for i := range list {
		if err = r.take(&list[i]); err != nil {
			break
		}
	}
	r.mu.Unlock()
	if err == nil {
		r.publish()
	}
	return err
}
