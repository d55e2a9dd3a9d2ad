package api

import (
	"strconv"
	"strings"
	"time"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"
	"google.golang.org/protobuf/types/known/durationpb"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/wording"
)

// domain is the ErrorInfo's domain of every error.
const domain = "kessai"

const reasonPrefix = "ERROR_REASON_"

// reasonWord is a reason as callers read it: without the enum's prefix.
func reasonWord(r paymentv1.ErrorReason) string { return strings.TrimPrefix(r.String(), reasonPrefix) }

// reasonOf finds the enum value of a word of the trade; a test proves that
// every word has one.
func reasonOf(r payment.Reason) paymentv1.ErrorReason {
	if v, ok := paymentv1.ErrorReason_value[reasonPrefix+string(r)]; ok {
		return paymentv1.ErrorReason(v)
	}
	return paymentv1.ErrorReason_ERROR_REASON_INTERNAL
}

// status is the fault in google.rpc's form: the same details in every protocol.
func (f *fault) status(request string) *status.Status {
	info := &errdetails.ErrorInfo{Reason: reasonWord(f.reason), Domain: domain, Metadata: map[string]string{}}
	for k, v := range f.metadata {
		info.Metadata[k] = v
	}
	if request != "" {
		info.Metadata["requestId"] = request
	}
	details := []proto.Message{info}
	if len(f.violations) > 0 {
		bad := &errdetails.BadRequest{}
		for _, v := range f.violations {
			bad.FieldViolations = append(bad.FieldViolations, violation(v))
		}
		details = append(details, bad)
	}
	if f.retry > 0 {
		details = append(details, &errdetails.RetryInfo{RetryDelay: durationpb.New(f.retry)})
	}
	details = append(details, &errdetails.LocalizedMessage{Locale: "ja", Message: f.japanese()})
	s := status.New(f.code(), f.text)
	for _, d := range details {
		if with, err := s.WithDetails(protoadapt.MessageV1Of(d)); err == nil {
			s = with
		}
	}
	return s
}

// violation is one field's fault in both languages, with what kind it is.
func violation(v payment.Violation) *errdetails.BadRequest_FieldViolation {
	kind, ja := wording.Say(v.Text)
	return &errdetails.BadRequest_FieldViolation{
		Field: v.Field, Description: v.Text, Reason: string(kind),
		LocalizedMessage: &errdetails.LocalizedMessage{Locale: "ja", Message: ja},
	}
}

// reasonOfStatus reads the reason out of a status of ours; empty: not ours.
func reasonOfStatus(s *status.Status) string {
	for _, d := range s.Details() {
		if i, ok := d.(*errdetails.ErrorInfo); ok && i.Domain == domain {
			return i.Reason
		}
	}
	return ""
}

// httpStatus is the HTTP status of an error over REST. Connect's protocol
// fixes its own.
func httpStatus(code codes.Code, word string) int {
	if h := reasons[reasonOf(payment.Reason(word))].http; h != 0 {
		return h
	}
	return runtime.HTTPStatusFromCode(code)
}

// seconds is a Retry-After value: whole seconds, rounded up.
func seconds(d time.Duration) string { return strconv.Itoa(int((d + time.Second - 1) / time.Second)) }

// verbs are the operations as their RPCs are called over REST.
var verbs = map[payment.Operation]string{
	payment.OpAuthorize: "confirm", payment.OpCapture: "capture", payment.OpAdjust: "adjust",
	payment.OpCancel: "cancel", payment.OpReauthorize: "reauthorize", payment.OpShip: "ship", payment.OpReschedule: "reschedule",
}

func allowedVerbs(ops []payment.Operation) string {
	var words []string
	for _, o := range ops {
		if v, ok := verbs[o]; ok {
			words = append(words, v)
		}
	}
	return strings.Join(words, ",")
}

// japanese is the fault's own text, what is said of its English, or the
// reason's with the fields to mend.
func (f *fault) japanese() string {
	if f.ja != "" {
		return f.ja
	}
	if len(f.violations) == 0 {
		if ja := wording.Japanese(f.text); ja != "" {
			return ja
		}
	}
	text := reasons[f.reason].ja
	if len(f.violations) == 0 {
		return text
	}
	fields := make([]string, len(f.violations))
	for i, v := range f.violations {
		fields[i] = v.Field
	}
	return text + "次の項目を直して、もう一度送ってください: " + strings.Join(fields, "、")
}
