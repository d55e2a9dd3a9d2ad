package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
)

// A backup is a folder laid out as --data is, with a manifest. It has its name
// only when it is whole, on disk and proved; before, it is a partial one.
const (
	manifestFile  = "manifest.json"
	backupPrefix  = "kessai-"
	partialPrefix = ".kessai-"
	backupTime    = "20060102T150405.000Z"
)

// manifest says what is in a backup.
type manifest struct {
	Version string       `json:"version"` // of the program that made it
	Time    time.Time    `json:"time"`    // when it was begun
	Records uint64       `json:"records"` // the number of the last journal entry in it
	Head    string       `json:"head"`    // the chain's hash there
	Files   []backupFile `json:"files"`

	dir string // where it lies
}

type backupFile struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// makeBackup lets copyBooks fill the folder of the books, adds the keys, proves all
// of it and gives it its name. What fails on the way leaves nothing behind.
func makeBackup(ctx context.Context, to, keys string, now time.Time, copyBooks func(dir string) error) (m *manifest, err error) {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return nil, err
	}
	if err := removePartial(to); err != nil {
		return nil, err
	}
	name := now.UTC().Format(backupTime)
	partial := filepath.Join(to, partialPrefix+name)
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(partial))
		}
	}()
	if err := os.Mkdir(partial, 0o700); err != nil {
		return nil, err
	}
	if err := copyBooks(filepath.Join(partial, "ledger")); err != nil {
		return nil, err
	}
	for _, file := range []string{"server.key", keysFile, shopKeysFile} { // after the books: a key is on disk before what it opens
		content, err := os.ReadFile(filepath.Join(keys, file))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := errors.Join(err, writeDurably(filepath.Join(partial, file), content)); err != nil {
			return nil, err
		}
	}
	m = &manifest{Version: version, Time: now.UTC()}
	if err := m.prove(ctx, partial); err != nil {
		return nil, err
	}
	if err := m.list(partial); err != nil {
		return nil, err
	}
	content, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	if err := writeDurably(filepath.Join(partial, manifestFile), content); err != nil {
		return nil, err
	}
	m.dir = filepath.Join(to, backupPrefix+name)
	return m, errors.Join(os.Rename(partial, m.dir), syncFolder(to))
}

// prove verifies the books in a folder, and takes down where they end. It refuses
// what ends elsewhere than the manifest says.
func (m *manifest) prove(ctx context.Context, dir string) error {
	report, err := ledgerbolt.Verify(ctx, filepath.Join(dir, "ledger"), nil)
	if err != nil {
		return err
	}
	if report.Fault != nil {
		return fmt.Errorf("the copy does not verify: %w", report.Fault)
	}
	head := fmt.Sprint(report.Head)
	if m.Head != "" && (m.Records != report.Records || m.Head != head) {
		return fmt.Errorf("the books end at record %d, the manifest says %d", report.Records, m.Records)
	}
	m.Records, m.Head = report.Records, head
	return nil
}

// list takes down the files.
func (m *manifest) list(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		n, sum, err := digest(path, io.Discard)
		m.Files = append(m.Files, backupFile{Name: filepath.ToSlash(name), Bytes: n, SHA256: sum})
		return err
	})
}

func digest(path string, to io.Writer) (int64, string, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(h, to), f)
	return n, hex.EncodeToString(h.Sum(nil)), errors.Join(err, f.Close())
}

// backups gives the whole backups in a folder, the oldest first. A folder that is
// not there has none.
func backups(dir string) (all []*manifest, err error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasPrefix(e.Name(), backupPrefix) {
			continue
		}
		m, err := readManifest(filepath.Join(dir, e.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue // somebody else's folder
		}
		if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	slices.SortStableFunc(all, func(a, b *manifest) int { return a.Time.Compare(b.Time) })
	return all, nil
}

func readManifest(dir string) (*manifest, error) {
	content, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		return nil, err
	}
	m := &manifest{dir: dir}
	if err := json.Unmarshal(content, m); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, manifestFile), err)
	}
	if m.Head == "" {
		return nil, fmt.Errorf("%s: no head of the books", filepath.Join(dir, manifestFile))
	}
	for _, f := range m.Files {
		if !filepath.IsLocal(f.Name) {
			return nil, fmt.Errorf("%s: file %q lies outside", filepath.Join(dir, manifestFile), f.Name)
		}
	}
	return m, nil
}

// prune removes the oldest whole backups until keep are left; 0 keeps all.
func prune(dir string, keep int) error {
	all, err := backups(dir)
	if err != nil || keep == 0 {
		return err
	}
	for _, m := range all[:max(len(all)-keep, 0)] {
		// The manifest goes first: what is half removed is no backup any more.
		if err := errors.Join(os.Remove(filepath.Join(m.dir, manifestFile)), os.RemoveAll(m.dir)); err != nil {
			return err
		}
	}
	return nil
}

// removePartial removes what a process that died left.
func removePartial(dir string) error {
	left, err := filepath.Glob(filepath.Join(dir, partialPrefix+"*"))
	for _, l := range left {
		err = errors.Join(err, os.RemoveAll(l))
	}
	return err
}

func syncFolder(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
