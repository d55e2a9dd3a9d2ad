package standby

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

func segmentPath(dir string, n uint64) string {
	return filepath.Join(dir, "log", fmt.Sprintf("%012d", n))
}

func segmentName(n uint64) string { return fmt.Sprint("log ", n) }

// segments gives the numbers of the segments that there are.
func segments(dir string) (list []uint64, err error) {
	files, err := os.ReadDir(filepath.Join(dir, "log"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, f := range files {
		if n, bad := strconv.ParseUint(f.Name(), 10, 64); bad == nil {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list, err
}

// segment is one being written.
type segment struct {
	*appender
	number uint64
}

// beginSegment makes the segment that goes on from a place.
func beginSegment(dir string, number uint64, key []byte, from mark) (segment, error) {
	if err := os.MkdirAll(filepath.Join(dir, "log"), 0o700); err != nil {
		return segment{}, err
	}
	a, err := create(segmentPath(dir, number), segmentName(number), key)
	if err != nil {
		return segment{}, err
	}
	if err := errors.Join(a.append(from.encode()), a.sync(), syncDir(filepath.Join(dir, "log"))); err != nil {
		return segment{}, errors.Join(err, a.close())
	}
	return segment{a, number}, nil
}

// lastSegment goes on with the newest segment, after its last whole frame. It gives the place
// up to which it was shipped. fs.ErrNotExist: nothing was.
func lastSegment(dir string, key []byte) (segment, mark, error) {
	list, err := segments(dir)
	if err != nil {
		return segment{}, mark{}, err
	}
	for _, n := range slices.Backward(list) {
		var at mark
		begun := false
		a, err := reopen(segmentPath(dir, n), segmentName(n), key, func(plain []byte) error {
			m, err := decode(plain)
			switch m := m.(type) {
			case mark:
				at, begun = m, true
			case *batch:
				at = m.end
			}
			return err
		})
		switch {
		case errors.Is(err, errTorn): // its writer died right then: nothing is in it
			continue
		case err != nil:
			return segment{}, at, err
		case !begun:
			if err := a.close(); err != nil {
				return segment{}, at, err
			}
			continue
		}
		return segment{a, n}, at, nil
	}
	return segment{}, mark{}, fs.ErrNotExist
}
