package doctor

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// LowSpace is how many bytes a disk should have left at least: half a million payments.
const LowSpace = 1 << 30

// What a disk is tried with, and what is fine.
const (
	syncTries = 50
	slowSync  = 50 * time.Millisecond
	noSpace   = 100 << 20 // bytes: the books will stop soon
	staleCopy = 26 * time.Hour
)

// Disk looks at a folder: how long a small write takes until it is on the disk,
// whether the folder's clock is this machine's, and how much room is left. Each
// acknowledged payment waits for such a write.
func Disk(dir string, clock func() time.Time) []Step {
	title := text("Writes to %s reach the disk quickly", "%sへの書き込みが速くディスクに届く", dir)
	took, skew, err := syncTimes(dir, clock)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []Step{ended(Skipped, "disk", title, advice("The folder is not there yet: the first start makes it.", "フォルダーがまだありません。最初の起動時に作られます。"))}
	case err != nil:
		return []Step{ended(Failed, "disk", title, advice("Nothing can be written there: look at the owner, the space and the mount.", "書き込めません。所有者、空き容量、マウントを確認してください。"))}
	}
	slices.Sort(took)
	p50, p99 := took[len(took)/2], took[len(took)*99/100]
	title = text("A write reaches the disk of %s in %s (median), %s (p99)", "%sへの書き込みの所要時間は中央値%s、p99は%s", dir, round(p50), round(p99))
	s := pass("disk", title)
	if p99 > slowSync {
		s = ended(Warned, "disk", title, advice(
			"That is slow: each payment waits for such a write. Use a local disk (SSD), not a network file system.",
			"遅い状態です。決済のたびにこの時間を待ちます。ネットワークではなくローカルのSSDを使ってください。"))
	}
	clockTitle := text("The clock of that disk agrees with this machine's", "ディスクの時計がこのコンピューターと合っている")
	return append([]Step{s, skewStep("disk_clock", clockTitle, skew)}, spaceStep(dir)...)
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) }

// syncTimes writes and syncs a small file again and again. The skew is our clock
// less the time that the file system wrote down.
func syncTimes(dir string, clock func() time.Time) (took []time.Duration, skew time.Duration, err error) {
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	page := make([]byte, 4096)
	for i := range syncTries {
		began := clock()
		if _, err := f.WriteAt(page, int64(i*len(page))); err != nil {
			return nil, 0, err
		}
		if err := f.Sync(); err != nil {
			return nil, 0, err
		}
		took = append(took, clock().Sub(began))
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	return took, clock().Sub(info.ModTime()), nil
}

func spaceStep(dir string) []Step {
	free, ok := FreeSpace(dir)
	if !ok {
		return nil
	}
	title := text("%d MB are free in %s", "空き容量は%dMB（%s）", free>>20, dir)
	room := advice("Make room: when the disk is full the books refuse every payment.", "空き容量を増やしてください。なくなると決済を受け付けられません。")
	switch {
	case free < noSpace:
		return []Step{ended(Failed, "space", title, room)}
	case free < LowSpace:
		return []Step{ended(Warned, "space", title, room)}
	}
	return []Step{pass("space", title)}
}

// Private looks whether the files that must be their owner's only are (P98).
// Those that are not there are somebody else's question.
func Private(files []string) Step {
	title := text("Keys can be read by their owner only", "鍵ファイルが所有者だけに読める")
	open := ""
	for _, f := range files {
		if info, err := os.Stat(f); err == nil && info.Mode().Perm()&0o077 != 0 {
			open += " " + f
		}
	}
	if open == "" {
		return pass("keys", title)
	}
	return ended(Failed, "keys", title, advice("Others can read%s: chmod 600.", "ほかの利用者に読めるファイルがあります：%s（chmod 600 にしてください）", open))
}

// Backup looks how old the newest file in a folder of backups is. An empty
// folder name means that nobody told of one.
func Backup(dir string, now time.Time) Step {
	title := text("There is a fresh backup", "新しいバックアップがある")
	if dir == "" {
		return ended(Skipped, "backup", title, advice(
			"No backup is known: give --backup with the folder that your backups go to.", "バックアップの場所がわかりません。--backup で保存先のフォルダーを指定してください。"))
	}
	newest, err := newestIn(dir)
	switch {
	case err != nil || newest.IsZero():
		return ended(Failed, "backup", title, advice("There is no backup in %s: see docs/operations.md.", "%sにバックアップがありません。docs/operations.md を参照してください。", dir))
	case now.Sub(newest) > staleCopy:
		return ended(Warned, "backup", title, advice("The newest backup in %s is %d hours old.", "%sの最新のバックアップは%d時間前のものです。", dir, int(now.Sub(newest).Hours())))
	}
	return pass("backup", text("The newest backup is %d minutes old", "最新のバックアップは%d分前", int(max(now.Sub(newest), 0).Minutes())))
}

func newestIn(dir string) (newest time.Time, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && path != dir && strings.HasPrefix(d.Name(), ".") {
			return fs.SkipDir // a backup that is not whole yet
		}
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.ModTime().After(newest) {
			newest = info.ModTime()
		}
		return err
	})
	return newest, err
}
