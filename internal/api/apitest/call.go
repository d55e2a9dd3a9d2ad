package apitest

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"connectrpc.com/connect/v2"
	"connectrpc.com/connect/v2/connecthttp"
	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	spb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

	"kessai.dev/kessai/internal/api/rpcbridge"
)

// fromStatus reads google.rpc.Status, in which all protocols agree.
func fromStatus(p *spb.Status) Answer {
	a := Answer{Code: code.Code(p.GetCode()).String(), Text: p.GetMessage()}
	for _, d := range p.GetDetails() {
		m, err := d.UnmarshalNew()
		if err != nil {
			a.Text = fmt.Sprintf("unreadable detail %s: %v", d.GetTypeUrl(), err)
			continue
		}
		switch x := m.(type) {
		case *errdetails.ErrorInfo:
			a.Reason, a.Domain, a.Facts = x.GetReason(), x.GetDomain(), x.GetMetadata()
		case *errdetails.BadRequest:
			for _, v := range x.GetFieldViolations() {
				a.Fields = append(a.Fields, v.GetField())
			}
		case *errdetails.RetryInfo:
			a.Retry = int(x.GetRetryDelay().GetSeconds())
		case *errdetails.LocalizedMessage:
			a.Local = x.GetMessage()
		}
	}
	return a
}

func callGRPC(conn *grpc.ClientConn, key string) func(context.Context, string, proto.Message, http.Header) (Answer, error) {
	return func(ctx context.Context, method string, request proto.Message, header http.Header) (Answer, error) {
		header = header.Clone()
		if header == nil {
			header = http.Header{}
		}
		authorize(header, key)
		md := metadata.MD{}
		for k, vs := range header {
			md.Append(k, vs...)
		}
		var got metadata.MD
		response := newResponse(describe(method))
		err := conn.Invoke(metadata.NewOutgoingContext(ctx, md), full(method), request, response, grpc.Header(&got))
		a := fromStatus(status.Convert(err).Proto())
		if err == nil {
			a = Answer{Code: "OK", Message: response}
		}
		a.Header = http.Header{}
		for k, vs := range got {
			for _, v := range vs {
				a.Header.Add(k, v)
			}
		}
		return a, nil
	}
}

func callWeb(target Target) func(context.Context, string, proto.Message, http.Header) (Answer, error) {
	client := connect.NewClient(connecthttp.NewTransport(http.DefaultClient, target.URL, connecthttp.WithGRPCWeb()))
	return func(ctx context.Context, method string, request proto.Message, header http.Header) (Answer, error) {
		ctx, info := connect.NewClientContext(ctx)
		header = header.Clone()
		if header == nil {
			header = http.Header{}
		}
		authorize(header, target.Key)
		for k, vs := range header {
			info.RequestHeader().SetValues(k, vs)
		}
		response := newResponse(describe(method))
		err := client.CallUnary(ctx, connect.Spec{Procedure: full(method), StreamType: connect.StreamTypeUnary}, request, response)
		a := Answer{Code: "OK", Message: response}
		if err != nil {
			a = fromStatus(status.Convert(rpcbridge.ToStatus(err)).Proto())
		}
		a.Header = http.Header{}
		for k, vs := range info.ResponseHeader().All() {
			for _, v := range vs {
				a.Header.Add(k, v)
			}
		}
		return a, nil
	}
}

// callConnect speaks Connect by hand, as curl would.
func callConnect(target Target, contentType string, get bool) func(context.Context, string, proto.Message, http.Header) (Answer, error) {
	return func(ctx context.Context, method string, request proto.Message, header http.Header) (Answer, error) {
		body, err := proto.Marshal(request)
		encoding := "proto"
		if contentType == "application/json" {
			encoding = "json"
			body, err = protojson.Marshal(request)
		}
		if err != nil {
			return Answer{}, err
		}
		verb, address := http.MethodPost, target.URL+full(method)
		if get {
			verb = http.MethodGet
			address += "?" + url.Values{"connect": {"v1"}, "encoding": {encoding}, "base64": {"1"}, "message": {base64.RawURLEncoding.EncodeToString(body)}}.Encode()
			body, contentType = nil, ""
		}
		a, answer, err := send(ctx, target, verb, address, contentType, body, header)
		if err != nil {
			return Answer{}, err
		}
		if a.HTTP != http.StatusOK {
			e, err := connectError(answer)
			e.HTTP, e.Header = a.HTTP, a.Header
			return e, err
		}
		a.Message = newResponse(describe(method))
		if encoding == "json" {
			return a, protojson.Unmarshal(answer, a.Message)
		}
		return a, proto.Unmarshal(answer, a.Message)
	}
}

// connectError reads Connect's own form of an error.
func connectError(body []byte) (Answer, error) {
	var e struct {
		Code, Message string
		Details       []struct{ Type, Value string }
	}
	if err := json.Unmarshal(body, &e); err != nil {
		return Answer{}, fmt.Errorf("an error that is no JSON: %q", body)
	}
	p := &spb.Status{Code: code.Code_value[strings.ToUpper(e.Code)], Message: e.Message}
	for _, d := range e.Details {
		b, err := base64.RawStdEncoding.DecodeString(d.Value)
		if err != nil {
			return Answer{}, err
		}
		p.Details = append(p.Details, &anypb.Any{TypeUrl: "type.googleapis.com/" + d.Type, Value: b})
	}
	return fromStatus(p), nil
}

func callREST(target Target) func(context.Context, string, proto.Message, http.Header) (Answer, error) {
	return func(ctx context.Context, method string, request proto.Message, header http.Header) (Answer, error) {
		d := describe(method)
		verb, path, rest := restRequest(d, request)
		var body []byte
		contentType := ""
		if verb == http.MethodPost || verb == http.MethodPatch {
			var err error
			if body, err = protojson.Marshal(rest); err != nil {
				return Answer{}, err
			}
			contentType = "application/json"
		}
		a, answer, err := send(ctx, target, verb, target.URL+path, contentType, body, header)
		if err != nil {
			return Answer{}, err
		}
		if a.HTTP != http.StatusOK {
			p := &spb.Status{}
			if err := protojson.Unmarshal(answer, p); err != nil {
				return Answer{}, fmt.Errorf("an error that is no google.rpc.Status: %q", answer)
			}
			e := fromStatus(p)
			e.HTTP, e.Header = a.HTTP, a.Header
			return e, nil
		}
		response, into := intoResponse(d)
		a.Message = response
		return a, protojson.Unmarshal(answer, into)
	}
}

// send makes one HTTP request and reads the whole answer.
func send(ctx context.Context, target Target, verb, address, contentType string, body []byte, header http.Header) (Answer, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, verb, address, bytes.NewReader(body))
	if err != nil {
		return Answer{}, nil, err
	}
	for k, vs := range header {
		r.Header[http.CanonicalHeaderKey(k)] = vs
	}
	authorize(r.Header, target.Key)
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return Answer{}, nil, err
	}
	b, err := io.ReadAll(w.Body)
	err = errors.Join(err, w.Body.Close())
	return Answer{Code: "OK", HTTP: w.StatusCode, Header: w.Header}, b, err
}
