package bolt

import (
	"testing"

	"go.etcd.io/bbolt"

	"kessai.dev/kessai/internal/session"
)

// challengeWrite is what Open sends to the writer.
func challengeWrite(s *Store, c session.Challenge) write {
	return write{s.opening(c), make(chan error, 1)}
}

// count looks into the file.
func count(t *testing.T, s *Store) (challenges, expiry int) {
	t.Helper()
	err := s.db.View(func(tx *bbolt.Tx) error {
		challenges = tx.Bucket(challengeBucket).Stats().KeyN
		expiry = tx.Bucket(expiryBucket).Stats().KeyN
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return challenges, expiry
}
