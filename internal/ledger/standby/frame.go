// Package standby keeps a copy of the books elsewhere up to date. A primary writes what it
// acknowledged into a folder (Shipper); whoever has the master key follows it there (Follow).
//
// In the folder everything is encrypted. log/ has segments of frames, which are only ever added
// to: records with their seals, what lies beside the journal, and word of keys. keys/ has the
// payments' wrapped keys, as they are now and not as they once were: a file for the payments of
// about four minutes, which is written anew, and the old one blanked, when a key in it was
// destroyed. primary says how far the primary is, promoted that a standby took over.
package standby

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// A file begins with four letters, the format and a salt. Its key follows from the salt and from
// what the file is called, so no file can stand for another. A frame is its length (4), a nonce
// (12) and the ciphertext, bound to its place in the file.
const (
	magic       = "KSHP"
	fileFormat  = 1
	saltSize    = 16
	headerSize  = len(magic) + 1 + saltSize
	nonceSize   = 12
	tagSize     = 16
	frameAround = nonceSize + tagSize
	maxFrame    = 64 << 20 // of a plaintext
)

var (
	// errTorn says that a file ends within a frame: it is being written, or was when the
	// writer died.
	errTorn = errors.New("it ends within a frame")
	// errForged says that a frame is not what was written.
	errForged = errors.New("a frame is not what was written")
)

func fileKey(key, salt []byte, name string) cipher.AEAD {
	m := hmac.New(sha256.New, key)
	m.Write(salt)
	m.Write([]byte(name))
	block, err := aes.NewCipher(m.Sum(nil))
	if err != nil {
		panic(err) // the length is ours
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err) // the block size is AES's
	}
	return aead
}

// frames is a file being read.
type frames struct {
	from  io.ReaderAt
	salt  [saltSize]byte
	aead  cipher.AEAD
	at    int64  // where the next frame begins
	index uint64 // its number
}

// readFrames begins a file of that name.
func readFrames(from io.ReaderAt, name string, key []byte) (*frames, error) {
	header := make([]byte, headerSize)
	if n, err := from.ReadAt(header, 0); n < headerSize {
		if err == io.EOF {
			err = errTorn
		}
		return nil, err
	}
	if string(header[:len(magic)]) != magic || header[len(magic)] != fileFormat {
		return nil, fmt.Errorf("%w: no shipment of a known format", errForged)
	}
	f := &frames{from: from, salt: [saltSize]byte(header[len(magic)+1:]), at: int64(headerSize)}
	f.aead = fileKey(key, f.salt[:], name)
	return f, nil
}

// next gives the next frame. io.EOF: there is none yet. After errTorn and errForged it can be
// asked again, for the same frame.
func (f *frames) next() ([]byte, error) {
	var size [4]byte
	n, err := f.from.ReadAt(size[:], f.at)
	switch {
	case n == 0 && err == io.EOF:
		return nil, io.EOF
	case n < len(size) && err == io.EOF:
		return nil, errTorn
	case n < len(size):
		return nil, err
	}
	length := binary.BigEndian.Uint32(size[:])
	if length < frameAround || length > maxFrame+frameAround {
		return nil, errForged
	}
	var b bytes.Buffer // grows by what is there, whatever the length says
	got, err := io.Copy(&b, io.NewSectionReader(f.from, f.at+4, int64(length)))
	if err != nil {
		return nil, err
	}
	if got < int64(length) {
		return nil, errTorn
	}
	plain, err := f.aead.Open(nil, b.Bytes()[:nonceSize], b.Bytes()[nonceSize:], place(f.index))
	if err != nil {
		return nil, errForged
	}
	f.at, f.index = f.at+4+int64(length), f.index+1
	return plain, nil
}

func place(index uint64) []byte { return binary.BigEndian.AppendUint64(nil, index) }

// appender is a file being written.
type appender struct {
	f *os.File
	frames
}

// create makes a new file.
func create(path, name string, key []byte) (*appender, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	header := append([]byte(magic), fileFormat)
	salt := make([]byte, saltSize)
	rand.Read(salt) // never fails
	if _, err := f.Write(append(header, salt...)); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	a := &appender{f: f, frames: frames{from: f, salt: [saltSize]byte(salt), at: int64(headerSize)}}
	a.aead = fileKey(key, salt, name)
	return a, nil
}

// reopen goes on with a file after its last whole frame. Each, if given, sees the frames. What
// follows them, which a writer that died left, is cut off.
func reopen(path, name string, key []byte, each func([]byte) error) (*appender, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	a, err := goOn(f, name, key, each)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return a, nil
}

func goOn(f *os.File, name string, key []byte, each func([]byte) error) (*appender, error) {
	r, err := readFrames(f, name, key)
	if err != nil {
		return nil, err
	}
	for {
		plain, err := r.next()
		switch {
		case err == io.EOF:
			return &appender{f: f, frames: *r}, nil
		case errors.Is(err, errTorn), errors.Is(err, errForged):
			return &appender{f: f, frames: *r}, f.Truncate(r.at)
		case err != nil:
			return nil, err
		}
		if each == nil {
			continue
		}
		if err := each(plain); err != nil {
			return nil, err
		}
	}
}

// append adds a frame. After an error the file must be opened anew.
func (a *appender) append(plain []byte) error {
	if len(plain) > maxFrame {
		return fmt.Errorf("standby: a frame of %d bytes", len(plain))
	}
	b := make([]byte, 4+nonceSize, 4+frameAround+len(plain))
	binary.BigEndian.PutUint32(b, uint32(len(plain)+frameAround)) //nolint:gosec // bounded above
	rand.Read(b[4:])                                              // never fails
	b = a.aead.Seal(b, b[4:], plain, place(a.index))
	if _, err := a.f.WriteAt(b, a.at); err != nil {
		return err
	}
	a.at, a.index = a.at+int64(len(b)), a.index+1
	return nil
}

func (a *appender) sync() error { return a.f.Sync() }

func (a *appender) close() error { return a.f.Close() }
