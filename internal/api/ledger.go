package api

import ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"

// ledgerService translates, as paymentService does. A call without a method does not
// compile.
type ledgerService struct {
	ledgerv1.UnsafeLedgerServiceServer
	a *API
}
