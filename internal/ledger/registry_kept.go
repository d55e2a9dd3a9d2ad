package ledger

import (
	"errors"
	"fmt"
)

// DecodeDocumentOf is DecodeDocument of what is kept under a name (DocumentName.Bytes): it
// must be of it.
func DecodeDocumentOf(name, record []byte) (Document, error) {
	d, err := DecodeDocument(record)
	if err == nil && string(d.Bytes()) != string(name) {
		err = errors.New("ledger: a document is kept under the name of another")
	}
	if err != nil {
		return Document{}, err
	}
	return d, nil
}

// Follow gives what a revised document is kept as, after what is kept under its name now;
// nil: nothing is. It returns ErrStale when that is another version than the one it was
// read at.
func (d Document) Follow(have []byte) ([]byte, error) {
	version := 0
	if have != nil {
		old, err := DecodeDocumentOf(d.Bytes(), have)
		if err != nil {
			return nil, err
		}
		version = old.Version
	}
	if d.Version != version {
		return nil, ErrStale
	}
	d.Version++
	return d.Encode()
}

// CheckTrailPage refuses a page that Shops.Trail does not give.
func CheckTrailPage(before, limit int) error {
	if limit < 1 || limit > MaxTrail || before < 0 {
		return fmt.Errorf("ledger: a page of %d entries before %d", limit, before)
	}
	return nil
}
