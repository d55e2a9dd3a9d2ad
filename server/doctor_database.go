package main

import (
	"context"
	"errors"
	"io/fs"

	"kessai.dev/kessai/internal/doctor"
	"kessai.dev/kessai/internal/ledger"
	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	ledgerpostgres "kessai.dev/kessai/internal/ledger/postgres"
)

// documents reads what the books have of the shops. A database that does not answer, or has
// no books yet, is told of by the step books.
func (x *examination) documents(ctx context.Context, dir string) ([]ledger.Document, error) {
	if dir != "" {
		return ledgerbolt.PeekDocuments(dir)
	}
	g, err := x.peek(ctx)
	if err != nil {
		return nil, nil //nolint:nilerr // see above
	}
	return g.Documents, nil
}

// glance is what a look at books in a database gave.
type glance struct {
	ledgerpostgres.Glance
	err error
}

// peek looks at books in a database, once.
func (x *examination) peek(ctx context.Context) (ledgerpostgres.Glance, error) {
	if x.glanced == nil {
		ctx, cancel := context.WithTimeout(ctx, askTimeout)
		defer cancel()
		g, err := ledgerpostgres.Peek(ctx, x.c.database())
		x.glanced = &glance{g, err}
	}
	return x.glanced.Glance, x.glanced.err
}

// database looks at books in a database, which a server may use meanwhile.
func (x *examination) database(ctx context.Context, title doctor.Text) {
	g, err := x.peek(ctx)
	switch {
	case err == nil:
		x.add(doctor.Books(g.Records, g.Unsealed, g.Last))
	case errors.Is(err, fs.ErrNotExist):
		x.add(doctor.Left("books", title, noBooks, noBooksYet))
	case errors.Is(err, ledgerpostgres.ErrUnreachable): // its text may hold the address
		x.add(doctor.Trouble("books", title,
			"The database does not answer: look at --ledger, its password and the network. Without it no payment is taken.",
			"データベースが応答しません。--ledger、パスワード、ネットワークを確認してください。応答がない間は決済を受け付けません。"))
	default:
		x.add(doctor.Trouble("books", title, "Do not start a server: run `kessai verify`, keep the database as it is, and see docs/operations.md (%s).",
			"サーバーを起動せず、`kessai verify` を実行し、データベースをそのまま保管して docs/operations.md を参照してください（%s）。", err))
	}
}

const (
	noBooks    = "There are no books yet: the first start makes them."
	noBooksYet = "台帳はまだありません。最初の起動時に作られます。"
)
