package main

import (
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
