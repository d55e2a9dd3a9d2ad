package ledger

import (
	"context"

	"kessai.dev/kessai/internal/payment"
)

// Shipped are books in use of which a copy elsewhere is kept up: what was
// acknowledged can be read by number, and what changes beside the journal is told.
// Every read is short; whoever writes to the books never waits for any of it.
type Shipped interface {
	// ShipKey is what shipments are encrypted under. It follows from the master key.
	ShipKey() []byte
	// Promotion is the token of the promotion that made these books of a standby's;
	// nil: they never were a standby's.
	Promotion() []byte
	// Last and Wait are described at Journal.
	Last(ctx context.Context) (uint64, error)
	Wait(ctx context.Context, after uint64) error
	// Next gives up to limit records after a number, in order.
	Next(after uint64, limit int) ([]Numbered, error)
	// Seals gives the seals over the records from … upto, in order.
	Seals(from, upto uint64) ([][]byte, error)
	// HeadAt is the running hash at a record, which must be there.
	HeadAt(seq uint64) (Hash, error)
	// KeysOf gives payments' stored keys as they are now.
	KeysOf(ids []payment.ID) ([]PaymentKeys, error)
	// EachPiece calls yield for all that lies beside the journal. The shops' pieces are of one
	// moment.
	EachPiece(yield func(Piece) error) error
	// Pieces gives pieces as they are now, all of one file at one moment. Those that are not
	// there are left out.
	Pieces(names []PieceName) ([]Piece, error)
	// Changes gives what changed without a record since it was last asked.
	Changes() Changes
}

// PieceName names a piece.
type PieceName struct {
	Kind PieceKind
	Key  string
}

// Changes are what no record tells.
type Changes struct {
	Keys   []payment.ID // of payments whose keys were destroyed
	Pieces []PieceName
}

// Follower is books in the making that follow others, as the target of shipments.
type Follower interface {
	// At, PutPieces and Finish are described at Target.
	At() (uint64, Hash, error)
	PutPieces(list []Piece) error
	Finish(identity Identity) error
	// Record gives one record's bytes, nil when there is none.
	Record(seq uint64) ([]byte, error)
	// LastSeal is nil when there is none.
	LastSeal() ([]byte, error)
	// PutBatch adds records and seals, both or none.
	PutBatch(records []Numbered, seals [][]byte) error
	// PutKeys replaces payments' stored keys. What was replaced cannot be found in the files
	// afterwards.
	PutKeys(list []PaymentKeys) error
}
