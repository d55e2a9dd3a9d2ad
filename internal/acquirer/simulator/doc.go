// Package simulator is a stand-in for the provider クロネコ Web Collect that
// speaks its wire protocol: stateful, faithful where the protocol is known,
// and rude on demand.
//
// It is another company: it imports nothing of the house, keeps its own books
// in its own file, and shares neither types nor rules with the connector that
// talks to it, so that each proves the other.
//
// One request goes: handler (method, path, body) → common checks (function,
// merchant, address) → the function's table of parameter checks, in the
// official parameter order → its business rules, under the lock of its order
// → one group commit → the answer, or what the scenario or the faults leave
// of it. docs/simulator.md says what is known of the real provider and what
// is our judgement.
package simulator
