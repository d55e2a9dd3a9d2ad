package ledger

import (
	"context"
	"errors"
)

// EntryKeys are what the private parts of an entry are encrypted under, and what the books
// have to keep with it so that they can be read again.
type EntryKeys struct {
	Keys
	NewPersonal []byte     // what becomes StoredKeys.Personal; nil: it has one, or needs none
	Secrets     *SecretUse // nil: no secret of 3-D Secure is in the entry
}

// SecretUse is how an entry hides secrets of 3-D Secure.
type SecretUse struct {
	Before  []byte // StoredKeys.Secret when the entry was prepared; nil: none
	Created []byte // what it shall be; nil: as before
}

// After is StoredKeys.Secret once the entry is in the books.
func (u *SecretUse) After() []byte {
	if u.Created != nil {
		return u.Created
	}
	return u.Before
}

// ForEntry gives the keys for an entry's private parts: the payment's own, or new ones.
// There are none when there are no such parts, and when the payment is erased: what comes
// after that is not kept.
func (s *StoredKeys) ForEntry(master *MasterKey, e *Entry) (k EntryKeys, err error) {
	personal, secret := e.Hides()
	if s.Erased() {
		return k, nil
	}
	switch {
	case !personal:
	case s.Personal == nil:
		k.Personal, k.NewPersonal = master.Create(e.Payment)
	default:
		k.Personal, err = master.Unwrap(e.Payment, s.Personal)
	}
	if err != nil || secret == 0 {
		return k, err
	}
	k.Secrets = &SecretUse{Before: s.Secret}
	if s.Secret != nil {
		k.Secret, err = s.SecretKey(master, e.Payment)
		return k, err
	}
	var wrapped []byte
	k.Secret, wrapped = master.CreateSecret(e.Payment, secret)
	k.Secrets.Created = WrappedSecret(secret, wrapped)
	return k, nil
}

// Refused turns the refusal of a claim into one that names who holds the key.
func Refused(ctx context.Context, books Finder, key Key) error {
	by, err := books.Find(context.WithoutCancel(ctx), key)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	return &ClaimedError{Key: key, By: by}
}
