package main

import (
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be kessai itself: in scripts as the command
// "kessai", and as a child process that can be killed.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"kessai": main,
	})
}

// TestScripts runs the command line as a person types it.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata"})
}

// An address that is taken is told with what to do about it.
func TestAddressTaken(t *testing.T) {
	l, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // nothing is lost
	if _, err := listen(l.Addr().String()); err == nil || !strings.Contains(err.Error(), l.Addr().String()) || !strings.Contains(err.Error(), "--listen") {
		t.Error(err)
	}
}
