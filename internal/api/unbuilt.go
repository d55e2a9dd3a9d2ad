package api

import ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"

// What is not built yet: whoever builds a method deletes it here.

type ledgerService struct {
	ledgerv1.UnimplementedLedgerServiceServer
	a *API
}
