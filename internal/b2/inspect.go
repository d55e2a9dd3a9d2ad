package b2

import (
	"crypto/sha256"
	"errors"
	"io"
)

// File is what Inspect finds out about a file.
type File struct {
	Digest  Digest // of all its bytes: with a row's line the key of "exactly once"
	Bytes   int64
	Charset Charset
	Header  bool
	Columns int
	// Rows are the data rows, by verdict.
	Rows map[Verdict]int
}

// Inspect reads a whole file without keeping it: its digest, its form, and
// whether it can be read to its end. An import calls it first, so that a file
// with a broken structure is refused before its first row is acted on.
func Inspect(src io.Reader, limits Limits, types []SlipType) (File, error) {
	h := sha256.New()
	count := &counter{}
	r := NewReader(io.TeeReader(src, io.MultiWriter(h, count)), limits, types)
	f := File{Rows: map[Verdict]int{}}
	for {
		row, err := r.Next()
		if err != nil {
			f.Charset, f.Header, f.Columns = r.at.Charset, r.at.Header, r.at.Columns
			f.Digest, f.Bytes = Digest(h.Sum(nil)), count.n
			return f, end(err, &f)
		}
		f.Rows[row.Verdict]++
	}
}

// end: a file without a single row of B2's width is another file.
func end(err error, f *File) error {
	if !errors.Is(err, io.EOF) {
		f.Digest = Digest{}
		return err
	}
	if f.Columns == 0 && len(f.Rows) > 0 {
		return &FileError{Kind: ForeignColumns, Line: 1}
	}
	return nil
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}
