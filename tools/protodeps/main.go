// Command protodeps writes the third-party .proto sources that our schema
// imports, from the descriptors compiled into the Go modules that tools/go.mod
// pins: no copies in the tree, no registry to ask, no drift.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"

	"github.com/jhump/protoreflect/v2/protoprint"
	_ "google.golang.org/genproto/googleapis/api/annotations" // the descriptors to print
	"google.golang.org/protobuf/reflect/protoregistry"
)

func main() {
	out := flag.String("o", ".protodeps", "output folder")
	flag.Parse()
	for _, path := range flag.Args() {
		if err := write(*out, path); err != nil {
			log.Fatalf("protodeps: %s: %v", path, err)
		}
	}
}

func write(out, path string) error {
	fd, err := protoregistry.GlobalFiles.FindFileByPath(path)
	if err != nil {
		return err
	}
	dst := filepath.Join(out, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(dst), 0o755); err != nil {
		return err
	}
	f, err := os.Create(dst)
	if err != nil {
		return err
	}
	printer := &protoprint.Printer{}
	if err := printer.PrintProtoFile(fd, f); err != nil {
		return err
	}
	return f.Close()
}
