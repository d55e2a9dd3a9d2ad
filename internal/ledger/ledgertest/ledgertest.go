// Package ledgertest is the conformance suite of the ledger: every
// implementation runs it, whole.
package ledgertest
