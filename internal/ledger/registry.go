package ledger

import (
	"context"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// Shops keeps what the shops are, as documents, and who changed what of them:
// an audit trail for each tenant, to which entries are added and which never
// changes otherwise (P87). Implementations are safe for concurrent use, and
// every one passes ledgertest.RunShops.
type Shops interface {
	// EachDocument calls yield for every document, in any order, until yield
	// returns false.
	EachDocument(ctx context.Context, yield func(Document) bool) error
	// Revised gives the documents that were revised after a number, which an earlier
	// call gave, and the number of now: never 0. After 0 it gives all of them; it may
	// give others, too. While nothing is revised it costs little, so that it can be
	// asked every second: that is how a process learns of another one's changes (P07).
	Revised(ctx context.Context, after uint64) (list []Document, now uint64, err error)
	// Revise makes the revision durable, whole or not at all, before it returns
	// nil: no change without its entry in the trail, and no entry without its
	// change. It returns ErrStale when a document does not have the version that
	// it was read at (Document.Version; 0: there is none), and writes nothing
	// then. It returns an error for a revision that Revision.Check refuses, and
	// for books that cannot be written: then nothing of it counts, and they
	// accept nothing until a restart (P96). Ctx bounds nothing once it is written.
	Revise(ctx context.Context, r Revision) error
	// Trail gives entries of a tenant's audit trail, newest first: at most limit
	// (1 to 1,000), with numbers smaller than before; 0: from the newest. A tenant
	// that has none has none.
	Trail(ctx context.Context, t shop.Tenant, before, limit int) ([]AuditEntry, error)
}

// DocumentKind tells what a document is about.
type DocumentKind string

// The kinds of documents.
const (
	DocumentShop     DocumentKind = "shop"     // a shop in one environment: name, settings, methods
	DocumentContract DocumentKind = "contract" // a contract with the provider
	DocumentKey      DocumentKind = "key"      // an access key to the API, by its hash

	DocumentEndpoints DocumentKind = "endpoints" // where a shop's events go

	DocumentComparisons     DocumentKind = "comparisons"     // what the comparisons with another shop system came to
	DocumentReconciliations DocumentKind = "reconciliations" // what the latest reconciliations of a shop came to
	DocumentDays            DocumentKind = "days"            // a month of a shop's day closes
)

// documentKinds are all of them: no other one is written.
var documentKinds = []DocumentKind{DocumentShop, DocumentContract, DocumentKey, DocumentEndpoints, DocumentComparisons, DocumentReconciliations, DocumentDays}

// DocumentName is what a document is found by.
type DocumentName struct {
	Kind DocumentKind
	ID   string // 1 to 512 bytes of UTF-8
}

// Document is a part of the registry. The books do not look into it: what must
// not lie in the clear is encrypted by whoever writes it.
type Document struct {
	DocumentName
	Version int    // how often it was written
	Body    []byte // JSON, at most MaxDocument
	Updated time.Time
}

// Revision is one change: the documents as they are to be, each with the
// version that it was read at, and what the trail says of it.
type Revision struct {
	Documents []Document   // at least one, each once; they have Version+1 afterwards
	Trail     []AuditEntry // at least one; Sequence and Before are the books'
}

// AuditEntry says who changed what. It is linked to the entry before of its
// tenant by that one's hash.
type AuditEntry struct {
	Tenant   shop.Tenant
	Sequence int // 1, 2, 3 … within the tenant
	Time     time.Time
	Actor    string // a key's short mark, or "kessai"
	Resource string // "settings", "contracts/…" …
	Action   string // "created", "updated", "deleted"
	Fields   []AuditField
	Before   Hash // of the entry before; zero for the first
}

// AuditField is what became of one field. A secret's values are left out by
// whoever writes it.
type AuditField struct{ Field, Before, After string }
