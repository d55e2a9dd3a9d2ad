package api

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc/codes"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// docsUpdate is true when documents are to be written anew:
// go test ./internal/api -run Docs -update.
func docsUpdate() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

var enumValue = regexp.MustCompile(`^\s*ERROR_REASON_([A-Z_]+) = \d+;`)

// docs/errors.md is what the schema's comments and the table of reasons say.
func TestDocsErrors(t *testing.T) {
	f, err := os.Open("../../proto/kessai/payment/v1/error_reason.proto")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out strings.Builder
	out.WriteString("# Errors\n\nWritten from `proto/kessai/payment/v1/error_reason.proto` by `go test ./internal/api -run Docs -update`.\n\n" +
		"Go by the reason: the `reason` of the `google.rpc.ErrorInfo` with the domain `kessai`. The code is the same by every protocol; the status is\n" +
		"REST's (Connect fixes its own per code). Reasons without a code are words of declines, events and attention. Words are added, never changed.\n")
	comment, rows := "", 0
	for s := bufio.NewScanner(f); s.Scan(); {
		line := strings.TrimSpace(s.Text())
		switch m := enumValue.FindStringSubmatch(line); {
		case strings.HasPrefix(line, "// --- "):
			fmt.Fprintf(&out, "\n## %s\n\n| reason | code | HTTP | meaning | 日本語 |\n| --- | --- | --- | --- | --- |\n", strings.TrimSuffix(strings.TrimPrefix(line, "// --- "), "."))
			comment = ""
		case strings.HasPrefix(line, "//"):
			comment = strings.TrimSpace(comment + " " + strings.TrimSpace(strings.TrimPrefix(line, "//")))
		case m != nil && m[1] != "UNSPECIFIED":
			out.WriteString(errorRow(m[1], comment))
			comment, rows = "", rows+1
		default:
			comment = ""
		}
	}
	if rows != len(reasons) {
		t.Errorf("%d rows for %d reasons", rows, len(reasons))
	}
	const path = "../../docs/errors.md"
	if docsUpdate() {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(path); err != nil || string(have) != out.String() {
		t.Errorf("%s is stale (%v): go test ./internal/api -run Docs -update writes it anew", path, err)
	}
}

func errorRow(word, meaning string) string {
	row := reasons[paymentv1.ErrorReason(paymentv1.ErrorReason_value[reasonPrefix+word])]
	code, status := "", ""
	switch {
	case word == "UNKNOWN_METHOD":
		code, status = "NOT_FOUND, UNIMPLEMENTED", "404, 405"
	case row.code != codes.OK:
		code, status = canonical(row.code), fmt.Sprint(runtime.HTTPStatusFromCode(row.code))
		if row.http != 0 {
			status = fmt.Sprint(row.http)
		}
	}
	return fmt.Sprintf("| `%s` | %s | %s | %s | %s |\n", word, code, status, meaning, row.ja)
}

// canonical writes a code as google.rpc does: FAILED_PRECONDITION.
func canonical(c codes.Code) string {
	return strings.ToUpper(regexp.MustCompile(`([a-z])([A-Z])`).ReplaceAllString(c.String(), "${1}_$2"))
}
