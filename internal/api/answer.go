package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
)

// writeFault answers an HTTP request that reached no method.
func writeFault(w http.ResponseWriter, r *http.Request, code int, f *fault) {
	if f.retry > 0 {
		w.Header().Set("Retry-After", seconds(f.retry))
	}
	writeStatus(w, code, f.status(requestOf(r)))
}

// writeStatus writes google.rpc.Status as JSON: the body of every REST error.
func writeStatus(w http.ResponseWriter, code int, s *status.Status) {
	b, err := protojson.Marshal(s.Proto())
	if err != nil {
		code, b = http.StatusInternalServerError, []byte(`{"code":13,"message":"internal error"}`)
	}
	var compact bytes.Buffer
	if json.Compact(&compact, b) == nil {
		b = compact.Bytes()
	}
	if code == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="kessai"`)
	}
	writeJSON(w, code, b)
}

// serveJSON answers GET and HEAD with a document.
func serveJSON(w http.ResponseWriter, r *http.Request, code int, b []byte) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		f := noSuchMethod()
		writeFault(w, r, http.StatusMethodNotAllowed, f)
		return
	}
	writeJSON(w, code, b)
}

func writeJSON(w http.ResponseWriter, code int, b []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(b)+1))
	w.WriteHeader(code)
	_, _ = w.Write(append(b[:len(b):len(b)], '\n'))
}
