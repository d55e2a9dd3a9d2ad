package payment

import "slices"

// verbs says from which states an operation may be asked. It is printed into
// docs/payments.md by a test.
var verbs = map[Operation][]State{
	OpAuthorize:    {Pending, Authenticating, Declined},
	OpAuthenticate: {Authenticating},
	OpCapture:      {Authorized},
	OpAdjust:       {Authorized, Captured, Settled},
	OpCancel:       {Pending, Authenticating, Authorized, Captured, Settled, Declined},
	OpReauthorize:  {Authorized, Canceled},
	OpShip:         {Authorized, Captured, Settled},
	OpUnship:       {Captured},
	OpReschedule:   {Authorized},
}

// effects says where a fact about the current attempt takes the payment. A
// fact that is not listed for a state is impossible there, and Apply refuses
// it: states never fall back (P30).
var effects = map[Kind]map[State]State{
	KindAuthorized:   {Pending: Authorized, Declined: Authorized, Authenticating: Authorized},
	KindChallenged:   {Pending: Authenticating, Declined: Authenticating},
	KindDeclined:     {Pending: Declined, Declined: Declined, Authenticating: Declined},
	KindCaptured:     {Authorized: Captured},
	KindSettled:      {Captured: Settled},
	KindAdjusted:     {Authorized: Authorized, Captured: Captured, Settled: Settled},
	KindCanceled:     {Pending: Canceled, Authenticating: Canceled, Declined: Canceled, Authorized: Canceled, Captured: Canceled, Settled: Canceled},
	KindReauthorized: {Authorized: Authorized, Canceled: Authorized},
	KindRegistered:   {Authorized: Captured, Captured: Captured},
	KindUnregistered: {Captured: Captured},
	KindRescheduled:  {Authorized: Authorized},
	KindHeld:         {Authorized: Authorized},
	KindExpired:      {Pending: Expired, Authenticating: Expired},
}

// allowedFrom reports whether op may be asked in state s.
func allowedFrom(op Operation, s State) bool { return slices.Contains(verbs[op], s) }
