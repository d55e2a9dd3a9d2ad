// Package cases holds the same calls for the clients of every language.
//
// cases.json is a list of steps, made in order. A step names a method, its
// service where that is not PaymentService, its idempotency key and its request as protobuf's JSON;
// ${run} is different for each program, and other ${…} are what an earlier step
// saved from its answer. A program, one in each language's folder, is called
// with the path of cases.json, reads
//
//	KESSAI_GRPC  host:port of native gRPC
//	KESSAI_URL   address of Connect, http://…
//	KESSAI_KEY   the secret key
//	KESSAI_RUN   the value of ${run}
//
// and prints one line of JSON for each step:
//
//	{"name":…, "replayed":false, "answer":{…}}
//	{"name":…, "error":{"code":"INVALID_ARGUMENT","reason":…,"messageJa":…,"violations":["amount"]}}
//
// It compares nothing: that is done here, once. "*" in a wanted answer is
// anything that is not empty; what is not named may be anything; wantAtNight
// is the answer from 23:00 to 01:00 Japan time.
//
// webhooks.json is a list of messages as they come to an endpoint, true and false
// ones. A program (webhooks.py, webhooks.php …) verifies each and prints
//
//	{"name":…, "result":"payment.captured 3"}
//
// the event's type and sequence, or the word of the refusal.
//
// `go test ./client/cases` runs the Go client; with the tag languages, which
// `make -C client test` sets, all languages run, and one that is not installed
// is a failure.
package cases
