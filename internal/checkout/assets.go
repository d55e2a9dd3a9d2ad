package checkout

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// What `make web` builds from page/ and client/typescript. The names are fixed,
// so that a new build changes files and not references.
//
//go:embed dist
var dist embed.FS

// helper is the module that puts token entry into a shop's own page.
const helper = "kessai-checkout.js"

// needed are the files without which there is no page.
var needed = []string{"index.html", "checkout.js", "checkout.css", helper}

var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
}

// asset is one embedded file, ready to send.
type asset struct {
	kind, etag   string
	plain, small []byte // small is gzip's
}

func loadAssets() (map[string]*asset, error) {
	files := map[string]*asset{}
	for _, name := range needed {
		data, err := fs.ReadFile(dist, path.Join("dist", name))
		if err != nil {
			return nil, fmt.Errorf("checkout: %s was not built: %w", name, err)
		}
		small, err := compress(data)
		if err != nil {
			return nil, fmt.Errorf("checkout: %s: %w", name, err)
		}
		sum := sha256.Sum256(data)
		files[name] = &asset{kind: contentTypes[path.Ext(name)], etag: `"` + hex.EncodeToString(sum[:12]) + `"`, plain: data, small: small}
	}
	return files, nil
}

func compress(data []byte) ([]byte, error) {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	err = z.Close()
	return out.Bytes(), err
}

// serve sends the file, or says that the caller has it.
func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("ETag", a.etag)
	h.Set("Vary", "Accept-Encoding")
	if known(r.Header.Get("If-None-Match"), a.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	data := a.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		data = a.small
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data) // the reader may leave; net/http leaves out the body of HEAD
}

// known reports whether one of the tags in a header is the file's.
func known(header, etag string) bool {
	for tag := range strings.SplitSeq(header, ",") {
		if strings.TrimPrefix(strings.TrimSpace(tag), "W/") == etag {
			return true
		}
	}
	return false
}
