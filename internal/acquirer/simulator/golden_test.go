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
		got := w.exchange(request)
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
