package api

import (
	"context"

	"kessai.dev/kessai/internal/dispatch"
	"kessai.dev/kessai/internal/processor"
)

// Dispatch works with 送り状発行システム B2: a *dispatch.Desk, or a stand-in in
// tests. Its errors are those of Payments, *dispatch.IncompleteError and
// *b2.FileError.
type Dispatch interface {
	Export(ctx context.Context, c processor.Caller, r dispatch.ExportRequest) (dispatch.Export, error)
	Import(ctx context.Context, c processor.Caller, content []byte, dryRun bool, progress func(done, total int, row dispatch.Row)) (dispatch.Report, error)
}
