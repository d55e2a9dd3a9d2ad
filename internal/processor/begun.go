package processor

import (
	"bytes"
	"context"
	"errors"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// Begun reports whether a command under this key has left its mark in the books
// before. It asks nobody and changes nothing: so many keys can be looked up
// before anything is done under any of them. A *KeyReusedError says that the key
// was used for another request; any other error is the books'.
func (p *Processor) Begun(ctx context.Context, c Caller, r payment.Request) (bool, error) {
	holder, err := p.o.Ledger.Find(ctx, requestKey(c, r))
	if errors.Is(err, ledger.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	history, err := p.o.Ledger.History(ctx, holder.Holds())
	if err != nil {
		return false, err
	}
	s := tell(history, r)
	if s.digest != nil && !bytes.Equal(s.digest, r.Digest) {
		return false, &KeyReusedError{Before: s.digest, Now: r.Digest}
	}
	return true, nil
}
