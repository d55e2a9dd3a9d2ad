//go:build linux || darwin

package doctor

import "syscall"

// FreeSpace is how many bytes an ordinary user may still write to the folder's
// file system.
func FreeSpace(dir string) (uint64, bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true //nolint:gosec // a block's size is not negative
}
