//go:build !linux && !darwin

package doctor

// FreeSpace is not known here.
func FreeSpace(string) (uint64, bool) { return 0, false }
