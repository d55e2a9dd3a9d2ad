package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
)

// configFile reads the flags of the --config file, under their own names
// ("grpc-listen"). A key that is no flag of any command, and not contracts,
// shops or keys, is refused: a misspelt one must not be ignored.
func configFile(r io.Reader) (kong.Resolver, error) {
	values := map[string]any{}
	if err := json.NewDecoder(r).Decode(&values); err != nil {
		return nil, fmt.Errorf("config file: %w", err)
	}
	return &fileResolver{values: values}, nil
}

type fileResolver struct{ values map[string]any }

// Validate implements kong.Resolver.
func (f *fileResolver) Validate(app *kong.Application) error {
	known := map[string]bool{"contracts": true, "shops": true, "keys": true}
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			known[flag.Name] = true
		}
		return next(nil)
	})
	for name := range f.values {
		if !known[name] {
			return fmt.Errorf("config file: %q is no flag, and not contracts, shops or keys", name)
		}
	}
	return nil
}

// Resolve implements kong.Resolver. The environment comes before the file.
func (f *fileResolver) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if _, set := os.LookupEnv(name); set {
			return nil, nil
		}
	}
	return f.values[flag.Name], nil
}
