package api

import (
	"testing"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// Every call with a file on one side is served as one over REST: a schema that
// grows another must not be forgotten.
func TestFileCallsAreAll(t *testing.T) {
	rows := map[string]bool{}
	for i := range fileCalls {
		c := &fileCalls[i]
		rows[c.full] = true
		method, route, err := fileRouteOf(c)
		if err != nil || route.path == "" {
			t.Fatalf("%s: %v", c.full, err)
		}
		side := route.in
		if c.kind != "" {
			side = route.out
		}
		if !hasContent(side.Descriptor()) || (method == "GET") != (c.kind != "") {
			t.Errorf("%s: %s", c.full, method)
		}
		if c.kind != "" && c.dress == nil && route.out.Descriptor().Fields().ByName("file_name") == nil {
			t.Errorf("%s: nothing names the file", c.full)
		}
		if c.kind == "" != takesFile(c.full) {
			t.Errorf("%s: Connect takes no file", c.full)
		}
		if _, file := side.New().Interface().(content); !file || c.kind == "" && sizeLimit(side.New().Interface()) < maxFile {
			t.Errorf("%s: it has no room for a file", c.full)
		}
	}
	protoregistry.GlobalFiles.RangeFiles(func(f protoreflect.FileDescriptor) bool {
		for i := range f.Services().Len() {
			for j, methods := 0, f.Services().Get(i).Methods(); j < methods.Len(); j++ {
				m := methods.Get(j)
				full := "/" + string(f.Services().Get(i).FullName()) + "/" + string(m.Name())
				if (hasContent(m.Input()) || hasContent(m.Output())) && !rows[full] {
					t.Errorf("%s has a file, and no row", full)
				}
			}
		}
		return true
	})
}

func hasContent(d protoreflect.MessageDescriptor) bool {
	f := d.Fields().ByName("content")
	return f != nil && f.Kind() == protoreflect.BytesKind && !f.IsList()
}
