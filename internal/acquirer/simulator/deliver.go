package simulator

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

// stallTime is longer than any client of the protocol waits (20 to 30 s).
const stallTime = 31 * time.Second

const proxyPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"

// deliver sends the answer, or what is left of it.
func (s *Simulator) deliver(w http.ResponseWriter, r *http.Request, a answer) {
	switch a.reply {
	case replyStalled, replyDropped:
		ctx, cancel := context.WithCancel(r.Context())
		stop := context.AfterFunc(s.life, cancel)
		s.sleep(ctx, stallTime)
		stop()
		cancel()
	}
	switch a.reply {
	case replyLost, replyDropped:
		// The server closes the connection and writes nothing.
		panic(http.ErrAbortHandler)
	case replyHTML:
		write(w, "text/html", http.StatusOK, []byte(proxyPage))
	case replyBadGate:
		write(w, "text/html", http.StatusBadGateway, []byte(proxyPage))
	case replyEmpty:
		write(w, xmlType, http.StatusOK, nil)
	case replyTruncated:
		write(w, xmlType, http.StatusOK, a.xml[:len(a.xml)*2/3])
	case replyDoubled:
		write(w, xmlType, http.StatusOK, append(a.xml[:len(a.xml):len(a.xml)], a.xml...))
	default:
		write(w, xmlType, http.StatusOK, a.xml)
	}
}

const xmlType = "application/xml; charset=UTF-8"

func write(w http.ResponseWriter, kind string, status int, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
