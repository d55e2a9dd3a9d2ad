package api

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/grpc-ecosystem/grpc-gateway/v2/utilities"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api/strictjson"
	"kessai.dev/kessai/internal/dispatch"
)

// How large a file may be, and the request that it comes in: base64 in JSON takes
// a third more than the file.
const (
	maxFile     = dispatch.MaxImport
	maxFileWire = maxFile/3*4 + 64<<10
)

// read reads the query, and the body if that may be a file.
func (c *fileCall) read(w http.ResponseWriter, r *http.Request, req proto.Message) *fault {
	if c.kind != "" {
		return readQuery(r, req)
	}
	return readFile(w, r, req)
}

func readQuery(r *http.Request, req proto.Message) *fault {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err == nil {
		err = strictQuery{}.Parse(req, values, utilities.NewDoubleArray(nil))
	}
	switch {
	case err == nil:
		return nil
	case strings.HasPrefix(err.Error(), queryError):
		return malformed(err.Error())
	}
	return malformed("the query cannot be read")
}

// fileTypes are what callers say of a CSV file; curl --data-binary says the first.
var fileTypes = []string{"application/x-www-form-urlencoded", "text/csv", "text/plain", "application/octet-stream", "application/csv", "application/vnd.ms-excel"}

var notAFile = malformed("the content type must be text/csv or application/octet-stream, with the file as body (curl --data-binary @file), or application/json")

// readFile reads query and body: the file itself, or JSON with the fields of the
// request.
func readFile(w http.ResponseWriter, r *http.Request, req proto.Message) *fault {
	if bad := readQuery(r, req); bad != nil {
		return bad
	}
	kind, raw := r.Header.Get("Content-Type"), false
	t, _, err := mime.ParseMediaType(kind)
	for _, known := range fileTypes {
		raw = raw || err == nil && t == known
	}
	raw = raw || kind == ""
	if !raw && !jsonType(kind) {
		return notAFile
	}
	b, bad := readWhole(w, r)
	switch {
	case bad != nil:
		return bad
	case raw && !(t == fileTypes[0] && strings.HasPrefix(string(b[:min(len(b), 1)]), "{")): // what curl -d says of JSON, too
		m := req.ProtoReflect()
		m.Set(m.Descriptor().Fields().ByName("content"), protoreflect.ValueOfBytes(b))
		return nil
	}
	return readFileJSON(r, b, req)
}

// readFileJSON reads the request as every other address does. What the query says
// the body must not.
func readFileJSON(r *http.Request, b []byte, req proto.Message) *fault {
	body := req.ProtoReflect().New()
	var bad *strictjson.Error
	if err := strictjson.Unmarshal(b, body.Interface()); errors.As(err, &bad) {
		return badJSON(bad)
	} else if err != nil {
		return malformed("the body cannot be read")
	}
	query := r.URL.Query()
	for i, fields := 0, body.Descriptor().Fields(); i < fields.Len(); i++ {
		f := fields.Get(i)
		if body.Has(f) && (query.Has(f.JSONName()) || query.Has(string(f.Name()))) {
			return malformed(queryError + f.JSONName() + " is given twice")
		}
	}
	proto.Merge(req, body.Interface())
	return nil
}

func readWhole(w http.ResponseWriter, r *http.Request) ([]byte, *fault) {
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxFileWire))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, fileTooLarge()
	case err != nil:
		return nil, malformed("the body cannot be read")
	}
	return b, nil
}

func fileTooLarge() *fault {
	f := tooLarge()
	f.text = fmt.Sprintf("the file is larger than %d bytes: send it in parts", maxFile)
	f.ja = "ファイルが大きすぎます（8MBまで）。いくつかに分けて送ってください。"
	return f
}

// sizeLimit is how large a message may be, in bytes: one with a file has room for
// it.
func sizeLimit(m any) int {
	switch r := m.(type) {
	case content:
		return maxFile + 4<<10
	case *paymentv1.RunBatchRequest:
		if r.GetImport() != nil {
			return maxFile + 4<<10
		}
	}
	return maxBody
}

// sized says of a message with a file what its limit is.
func sized(m any, err error) error {
	f, ok := errors.AsType[*fault](err)
	if ok && f.reason == paymentv1.ErrorReason_ERROR_REASON_REQUEST_TOO_LARGE && sizeLimit(m) > maxBody {
		return fileTooLarge()
	}
	return err
}

// takesFile reports whether the request of a call may be as large as a file.
func takesFile(full string) bool {
	for i := range fileCalls {
		if fileCalls[i].full == full {
			return fileCalls[i].kind == ""
		}
	}
	return full == paymentv1.PaymentService_RunBatch_FullMethodName
}
