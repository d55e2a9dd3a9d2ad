package api

import (
	"context"
	"fmt"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"

	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/doctor"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// Doctor runs connection tests: a *doctor.Doctor, or a stand-in in tests. Its
// errors are those of Payments and of send.
type Doctor interface {
	Run(ctx context.Context, c processor.Caller, r payment.Request, ask doctor.Ask, send func(doctor.Step) error) error
}

// RunConnectionTest sends each step as it ends (R23). A process that stops ends
// it after what was bought is given back.
func (s *shopService) RunConnectionTest(r *shopv1.RunConnectionTestRequest, st grpc.ServerStreamingServer[shopv1.RunConnectionTestResponse]) error {
	if s.a.o.Doctor == nil {
		return unknownMethod(codes.Unimplemented, "this installation runs no connection tests")
	}
	ask := doctor.Ask{Production: r.GetProduction()}
	for i, token := range r.GetCardTokens() {
		if !card.Token(token).Valid() {
			return invalidField(fmt.Sprintf("card_tokens[%d]", i), "must be the 16 letters and digits that the provider's script gave")
		}
		ask.Tokens = append(ask.Tokens, card.Token(token))
	}
	c := callFrom(st.Context())
	ctx, cancel := s.a.untilStop(st.Context())
	defer cancel()
	passed := true
	err := s.a.o.Doctor.Run(ctx, c.who.caller(), s.a.request(c, r), ask, func(step doctor.Step) error {
		passed = passed && step.Result != doctor.Failed
		return st.Send(&shopv1.RunConnectionTestResponse{Step: stepMessage(&step), Finished: step.Last, Passed: step.Last && passed})
	})
	if err != nil && s.a.stopped() && st.Context().Err() == nil {
		return shuttingDown()
	}
	return fromPayments(err)
}

func stepMessage(s *doctor.Step) *shopv1.ConnectionTestStep {
	out := &shopv1.ConnectionTestStep{
		Name: s.Name, Result: string(s.Result), Title: s.Title.English, TitleJa: s.Title.Japanese,
		Message: s.Message.English, MessageJa: s.Message.Japanese, ProviderCode: s.Code,
	}
	if s.Payment != "" {
		out.Payment = s.Payment.Name()
	}
	return out
}
