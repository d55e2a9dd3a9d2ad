//go:build !linux && !darwin

package main

// lockFolder does nothing here: start the first process of an installation alone.
func lockFolder(string) (unlock func() error, err error) {
	return func() error { return nil }, nil
}
