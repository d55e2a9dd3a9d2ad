// Package report tells what a shop's books come to: what happened on a day, what the
// provider settled and what that costs, when the money is to come, and where the
// provider's statement says otherwise. It reads the journal and moves no money.
package report
