package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kessai.dev/kessai/internal/doctor"
	"kessai.dev/kessai/internal/ledger"
	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	ledgerpostgres "kessai.dev/kessai/internal/ledger/postgres"
	"kessai.dev/kessai/internal/ledger/standby"
)

// standby looks at the folder that a warm standby follows the books from.
func (x *examination) standby(ctx context.Context) {
	dir, err := x.c.ledgerDir()
	if x.c.Ship == "" || err != nil {
		return // --ledger is named by the step config
	}
	title := doctor.Text{English: "The standby's folder has the books", Japanese: "待機系のフォルダーに台帳が届いている"}
	if dir == "" {
		x.add(doctor.Trouble("standby", title, "Leave --ship out: books in a database are followed by the database's own standby (docs/operations.md).",
			"--ship を外してください。データベースの台帳は、データベース自身の待機系が追います（docs/operations.md）。"))
		return
	}
	path := filepath.Join(dir, "master.key")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		x.add(doctor.Left("standby", title, noBooks, noBooksYet))
		return
	}
	var master *ledger.MasterKey
	if err == nil {
		text, err = ledger.ParseKeyText(path, text)
	}
	if err == nil {
		master, err = ledger.NewMasterKey(text)
	}
	if err != nil {
		x.add(doctor.Trouble("standby", title, "The key of the books cannot be read: %s", "台帳の鍵を読めません：%s", err))
		return
	}
	x.add(x.shipped(ctx, title, master.ShipKey(), dir))
}

// shipped looks into the folder, which may be on a network that is away.
func (x *examination) shipped(ctx context.Context, title doctor.Text, key []byte, books string) doctor.Step {
	type look struct {
		primary       standby.Primary
		fence, failed error
	}
	looked := make(chan look, 1)
	go func() {
		var l look
		if g, err := ledgerbolt.Peek(books); err == nil { // a running server looks at the fence itself
			l.fence = standby.Fenced(x.c.Ship, key, g.Promotion)
		}
		l.primary, l.failed = standby.ReadPrimary(x.c.Ship, key)
		looked <- l
	}()
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	var l look
	select {
	case l = <-looked:
	case <-ctx.Done():
		l.failed = context.Cause(ctx)
	}
	age := x.clock().Sub(l.primary.Time)
	switch {
	case errors.Is(l.fence, standby.ErrPromoted):
		return doctor.Trouble("standby", title, "A standby has taken these books over: they go on there, and a server here will not start. See docs/operations.md.",
			"待機系がこの台帳を引き継いでいます。決済はそちらで続いており、ここではサーバーを起動できません。docs/operations.md を参照してください。")
	case errors.Is(l.failed, fs.ErrNotExist):
		return doctor.Left("standby", title, "Nothing is in it yet: a server with --ship fills it.", "まだ空です。--ship を指定したサーバーが書き込みます。")
	case l.failed != nil:
		return doctor.Trouble("standby", title, "The folder of --ship cannot be read, or has other books (%s): look at the mount, or give an empty folder.",
			"--ship のフォルダーを読めないか、別の台帳が入っています（%s）。マウントを確認するか、空のフォルダーを指定してください。", l.failed)
	case !l.primary.Ended && age > shipLate:
		return doctor.Caution("standby", title, "It was last written %s ago, and the server had not stopped: payments since then are on this machine only. Look at its log.",
			"最後の書き込みは%s前で、サーバーは停止していません。それ以降の決済はこのマシンにしかありません。ログを確認してください。", age.Round(time.Second))
	}
	return doctor.Step{Name: "standby", Result: doctor.Passed, Title: doctor.Text{
		English:  fmt.Sprintf("The standby's folder has the books up to record %d", l.primary.Records),
		Japanese: fmt.Sprintf("待機系のフォルダーにレコード%dまで届いている", l.primary.Records),
	}}
}

// replica looks at the database that lists are read from.
func (x *examination) replica(ctx context.Context) {
	if x.c.LedgerReplica == "" || x.c.checkReplica() != nil {
		return // the step config names it
	}
	title := doctor.Text{English: "The replica has the books", Japanese: "レプリカに台帳が届いている"}
	if _, err := x.peek(ctx); err != nil {
		return // the step books names it
	}
	o := x.c.database()
	o.ReplicaDSN = x.c.LedgerReplica
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	switch lacks, err := ledgerpostgres.PeekReplica(ctx, o); {
	case errors.Is(err, ledgerpostgres.ErrUnreachable): // its text may hold the address
		x.add(doctor.Trouble("replica", title, "It does not answer: look at --ledger-replica, its password and the network. Until then the primary answers lists.",
			"応答しません。--ledger-replica、パスワード、ネットワークを確認してください。それまで一覧は主系が返します。"))
	case err != nil:
		x.add(doctor.Trouble("replica", title, "It is no standby of the database that --ledger names. The primary answers lists.",
			"--ledger のデータベースの待機系ではありません。一覧は主系が返します。"))
	case lacks > 0:
		x.add(doctor.Caution("replica", title, "It lacks %d records: if that stays so, the primary answers lists. Look at its replication.",
			"%d件遅れています。続く場合、一覧は主系が返します。レプリケーションを確認してください。", lacks))
	default:
		x.add(doctor.Step{Name: "replica", Result: doctor.Passed, Title: title})
	}
}
