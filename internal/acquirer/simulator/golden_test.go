package simulator

import (
	"bufio"
	"bytes"
	"flag"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden answers anew")

// Requests in the exact shape of a real client's, byte for byte over TCP:
// its fields, their order, the letters of its headers, its encoding. The
// answers are held against testdata/answers.
func TestGoldenRequests(t *testing.T) {
	w := newWorld(t)
	files, err := filepath.Glob("testdata/requests/*.http")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".http")
		request, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := w.exchange(w.bring(request))
		// The challenge and tracking pages name the listener's port.
		got = bytes.ReplaceAll(got, []byte(w.server.Listener.Addr().String()), []byte("127.0.0.1:18099"))
		golden := filepath.Join("testdata", "answers", name+".xml")
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

// bring puts what the provider made by chance into a captured A09, in place of
// letters of the same length.
func (w *world) bring(request []byte) []byte {
	w.t.Helper()
	_, body, _ := bytes.Cut(request, []byte("\r\n\r\n"))
	asked := parseForm(string(body))
	if asked["function_div"] != "A09" {
		return request
	}
	_, message, err := w.Act(FirstTraderCode, asked["order_no"], "authenticate", "")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range message {
		switch f.Name {
		case "3D_TRAN_ID":
			request = bytes.ReplaceAll(request, bytes.Repeat([]byte("N"), len(f.Value)), []byte(f.Value))
			request = bytes.ReplaceAll(request, bytes.Repeat([]byte("T"), 32), []byte(w.findChallenge(f.Value).ThreeDToken))
		case "HASH_VALUE":
			request = bytes.ReplaceAll(request, bytes.Repeat([]byte("H"), len(f.Value)), []byte(f.Value))
		}
	}
	return request
}

// exchange sends bytes as they are and returns the body of the answer.
func (w *world) exchange(request []byte) []byte {
	w.t.Helper()
	conn, err := net.Dial("tcp", w.server.Listener.Addr().String())
	if err != nil {
		w.t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write(request); err != nil {
		w.t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		w.t.Fatal(resp.Status, err)
	}
	readAnswer(w.t, string(body))
	return body
}
