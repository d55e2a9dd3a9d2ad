package payment

// Judge says what an inquiry (E04) proves about an attempt: events, or none
// when it proves nothing yet. A yes is a fact whenever it is seen; a no only
// once our connection has been closed for SettleDelay. It never counts tries
// (P17).
func Judge(p *Payment, attempt int, t Trade, r Rules) []Event {
	a := &p.Attempts[attempt-1]
	switch {
	case a.Open == nil && a.watching():
		return judgeWatch(p, a, t, r)
	case a.Open == nil && p.Reserved && attempt == p.Winner:
		return Compare(p, t, r)
	case a.Open == nil:
		return nil
	}
	no := !a.Open.Lost.IsZero() && !r.Now.Before(a.Open.Lost.Add(SettleDelay))
	switch a.Open.Operation {
	case OpAuthorize:
		return judgeAuthorize(p, a, t, no, r)
	case OpAuthenticate:
		return judgeAuthenticate(p, a, t, no, r)
	case OpCapture:
		return judgeCapture(p, a, t, no, r)
	case OpAdjust:
		return judgeAdjust(p, a, t, no, r)
	case OpCancel:
		return judgeCancel(p, a, t, no, r)
	case OpReauthorize:
		return judgeReauthorize(p, a, t, no, r)
	case OpReschedule:
		return judgeReschedule(p, a, t, no, r)
	case OpShip, OpUnship:
		return judgeSlip(p, a, t, no, r)
	}
	return nil
}

func judgeWatch(p *Payment, a *Attempt, t Trade, r Rules) []Event {
	switch t.Standing {
	case StandingHeld, StandingReserved, StandingCaptured, StandingSettled:
		return lateHold(p, a, t.Code, r)
	case StandingAttention:
		if p.failedReservation(t) {
			return lateHold(p, a, t.Code, r)
		}
	case StandingNone, StandingFailed, StandingCanceled:
		return r.events(p, Event{Kind: KindWatched, Attempt: a.Number, Code: t.Code})
	}
	return nil // nobody can tell yet: look again
}

// judgeAuthorize: 4, 5, 30, 31 and 40 prove the authorization happened. No
// trace, or a failed one, proves it did not, in time. The number is never sent
// again, and is watched.
func judgeAuthorize(p *Payment, a *Attempt, t Trade, no bool, r Rules) []Event {
	switch t.Standing {
	case StandingNone, StandingFailed:
		if no {
			return r.events(p, Event{Kind: KindDeclined, Attempt: a.Number, Reason: ResultLost, Code: t.Code})
		}
		return nil
	case StandingHeld, StandingReserved:
		if a.Secure && t.Amount == p.Amount {
			return skipped(p, a, t.Code, r)
		}
	case StandingAttention:
		if a.Secure && p.failedReservation(t) {
			return skipped(p, a, t.Code, r)
		}
	}
	return judgeHold(p, a, t, r)
}

// judgeAuthenticate: a hold proves it happened; nothing proves it did not. It
// is asked again with the same values while the challenge lasts: the provider
// authorizes a number once at most (P41). After that somebody must know.
func judgeAuthenticate(p *Payment, a *Attempt, t Trade, no bool, r Rules) []Event {
	switch t.Standing {
	case StandingNone, StandingFailed:
		switch {
		case no && r.Now.Before(a.Until):
			return r.events(p, authenticate(p, a))
		case no && p.Attention == "":
			return r.events(p, Event{Kind: KindAttention, Attempt: a.Number, Reason: ResultLost, Code: t.Code, Found: t.Found()})
		}
		return nil
	}
	return judgeHold(p, a, t, r)
}

// judgeHold: what the provider holds, or held, for the number.
func judgeHold(p *Payment, a *Attempt, t Trade, r Rules) []Event {
	n := a.Number
	switch t.Standing {
	case StandingHeld, StandingReserved, StandingCaptured, StandingSettled, StandingCanceled:
		if t.Amount != p.Amount { // not what we asked for: not ours (P14)
			return r.events(p,
				Event{Kind: KindDeclined, Attempt: n, Reason: DuplicateAtProvider, Code: t.Code},
				Event{Kind: KindAttention, Attempt: n, Reason: DuplicateAtProvider, Code: t.Code, Found: t.Found()})
		}
		if t.Standing == StandingHeld || t.Standing == StandingReserved {
			return authorized(p, n, t, r)
		}
		return r.events(p, authorizedAnd(p, n, t, r)...)
	case StandingAttention: // the question stays open, and somebody must know
		if p.failedReservation(t) {
			return r.events(p,
				Event{Kind: KindAuthorized, Attempt: n, Amount: t.Amount, Approval: t.Approval, Approved: t.ApprovedAt, Until: p.holdExpiry(r)},
				Event{Kind: KindAttention, Attempt: n, Reason: ProviderDiffers, Code: t.Code, Found: t.Found()})
		}
		if p.Attention == "" {
			return r.events(p, Event{Kind: KindAttention, Attempt: n, Reason: ProviderDiffers, Code: t.Code, Found: t.Found()})
		}
	}
	return nil
}

// authorizedAnd is a hold that has gone further before we learned of it.
func authorizedAnd(p *Payment, attempt int, t Trade, r Rules) []Event {
	list := []Event{{
		Kind: KindAuthorized, Attempt: attempt, Amount: t.Amount, Approval: t.Approval, Approved: t.ApprovedAt,
		Until: r.Contract.HoldExpiry(r.Now),
	}}
	if t.Standing == StandingCanceled {
		return append(list, Event{Kind: KindCanceled, Attempt: attempt, Amount: t.Amount, Reason: CanceledAtProvider})
	}
	list = append(list, Event{Kind: KindCaptured, Attempt: attempt, Amount: t.Amount})
	if t.Standing == StandingSettled {
		list = append(list, Event{Kind: KindSettled, Attempt: attempt, Amount: t.Amount})
	}
	return list
}

func judgeCapture(p *Payment, a *Attempt, t Trade, no bool, r Rules) []Event {
	switch {
	case t.Standing == StandingCaptured:
		return r.events(p, Event{Kind: KindCaptured, Attempt: a.Number, Amount: p.Amount})
	case t.Standing == StandingSettled:
		return r.events(p, Event{Kind: KindCaptured, Attempt: a.Number, Amount: p.Amount}, Event{Kind: KindSettled, Attempt: a.Number, Amount: p.Amount})
	}
	return judgeNot(p, a, t, no, r)
}

// judgeAdjust: the amount at the provider tells. On 17 the new hold stands and
// the old one may remain: an operator must look, and nothing is retried (P22).
func judgeAdjust(p *Payment, a *Attempt, t Trade, no bool, r Rules) []Event {
	adjusted := Event{Kind: KindAdjusted, Attempt: a.Number, Amount: t.Amount, Approval: t.Approval, Approved: t.ApprovedAt}
	switch {
	case t.Standing == StandingAttention:
		done := adjusted
		if t.Amount == p.Amount || !t.Amount.Valid() {
			done = Event{Kind: KindReleased, Attempt: a.Number, Operation: OpAdjust, Amount: a.Open.Amount, Reason: AmountChangeHalfDone}
		}
		done.Code = t.Code
		return r.events(p, done, Event{Kind: KindAttention, Attempt: a.Number, Operation: OpAdjust, Reason: AmountChangeHalfDone, Code: t.Code, Found: t.Found()})
	case standingOf(p.State) == t.Standing.firm() && t.Amount == a.Open.Amount:
		return r.events(p, adjusted)
	}
	return judgeNot(p, a, t, no, r)
}

func judgeCancel(p *Payment, a *Attempt, t Trade, no bool, r Rules) []Event {
	if t.Standing == StandingCanceled {
		return r.events(p, Event{Kind: KindCanceled, Attempt: a.Number, Amount: p.Amount, Reason: cancelReason(p, a)})
	}
	if p.unwanted(a) && no && t.Standing != StandingWaiting {
		return Release(p, a.Number, ResultLost, t.Code, r) // asked again until the provider says 40 (P26)
	}
	return judgeNot(p, a, t, no, r)
}

// Renews reports whether a wish holds anew what is held already. Only against what the
// provider shows right before it does an inquiry prove that it was done: see NoteHold.
func (p *Payment) Renews(wish *Event) bool {
	return wish != nil && wish.Operation == OpReauthorize && p.State != Canceled
}

// NoteHold keeps in such a wish what the provider shows before it is asked.
func NoteHold(wish *Event, t Trade) { wish.Approval, wish.Approved = t.Approval, t.ApprovedAt }

// judgeReauthorize: another approval number than right before the wish, or another
// time of it, is the proof of a new hold.
func judgeReauthorize(p *Payment, a *Attempt, t Trade, no bool, r Rules) []Event {
	before, at := a.Open.Approval, a.Open.ApprovedAt
	if before == "" && at == "" { // asked by an earlier version
		before, at = p.Approval, p.ApprovedAt
	}
	held := t.Standing == StandingHeld && t.Amount == p.Amount
	switch {
	case held && (another(t.Approval, before) || another(t.ApprovedAt, at) || p.State == Canceled):
		return r.events(p, Event{
			Kind: KindReauthorized, Attempt: a.Number, Amount: p.Amount, Approval: t.Approval, Approved: t.ApprovedAt,
			Until: r.Contract.HoldExpiry(r.Now),
		})
	case held && no && (before+at == "" || t.Approval+t.ApprovedAt == ""): // nobody can tell: the hold may end earlier than it will
		return r.events(p, unproven(a, t), Event{Kind: KindAttention, Attempt: a.Number, Reason: ProviderDiffers, Code: t.Code, Found: t.Found()})
	}
	return judgeNot(p, a, t, no, r)
}

// unproven takes back a wish of which the provider shows no mark.
func unproven(a *Attempt, t Trade) Event {
	return Event{Kind: KindReleased, Attempt: a.Number, Operation: a.Open.Operation, Amount: a.Open.Amount, Reason: ResultLost, Code: t.Code}
}

// another reports whether something is known to differ: nothing differs from what nobody saw.
func another(now, before string) bool { return now != "" && before != "" && now != before }

// judgeNot: once "no" may be believed, an operation whose mark is not there did
// not happen. If the trade is in another place than we left it, somebody else
// moved it: that is a difference, shown and never overwritten (R42).
func judgeNot(p *Payment, a *Attempt, t Trade, no bool, r Rules) []Event {
	if !no || t.Standing == StandingWaiting {
		return nil
	}
	released := unproven(a, t)
	switch {
	case agrees(p, t):
		return r.events(p, released)
	case p.settledSince(t): // nobody's doing: the provider settles what was captured
		return r.events(p, released, Event{Kind: KindSettled, Attempt: a.Number, Amount: p.Amount, Code: t.Code})
	}
	return r.events(p, released, Event{Kind: KindAttention, Attempt: a.Number, Reason: ProviderDiffers, Code: t.Code, Found: t.Found()})
}

// Compare holds an inquiry against a payment with no open question (R42):
// captured becomes settled when the provider says so; any other difference
// becomes attention; an earlier difference that is gone clears it. A
// reservation that the provider made a hold is one from now on, and a hold on an
// authorization that was lost is released. Of several
// parcels every slip counts: one at the provider that we do not know, or one of
// ours that is gone, is a difference, and the event names it.
func Compare(p *Payment, t Trade, r Rules) []Event {
	switch {
	case p.Question() != nil:
		return nil // what it is about is not known, so nothing can differ
	case p.Reserved && t.Standing == StandingHeld && t.Amount == p.Amount:
		list := []Event{becameHold(p, t, r)}
		if p.Attention == ProviderDiffers {
			list = append(list, Event{Kind: KindAttention, Attempt: p.Winner, Code: t.Code})
		}
		return r.events(p, list...)
	case p.heldLate(t):
		return lateHold(p, p.Current(), t.Code, r)
	case p.settledSince(t):
		return r.events(p, Event{Kind: KindSettled, Attempt: p.Winner, Amount: p.Amount, Code: t.Code})
	case t.Standing == StandingWaiting:
		return nil
	case agrees(p, t) && p.Attention == "":
		return nil
	case agrees(p, t) && p.Attention == ProviderDiffers:
		return r.events(p, Event{Kind: KindAttention, Attempt: p.Winner, Code: t.Code})
	}
	return differs(p, t, r)
}

// differs tells of a difference once, and again when the provider shows something
// new. One that operators left as it is stays quiet. What needs somebody for
// another reason keeps that reason, and has what the provider shows now: it is not
// over by that.
func differs(p *Payment, t Trade, r Rules) []Event {
	found, reason := t.Found(), p.Attention
	if reason == "" {
		reason = ProviderDiffers
	}
	if found.Same(p.Difference) || p.Attention == "" && found.Same(p.Dismissed) {
		return nil
	}
	return r.events(p, Event{Kind: KindAttention, Attempt: p.Current().Number, Reason: reason, Code: t.Code, Slip: p.strangeSlip(t), Found: found})
}

// heldLate reports whether an authorization that was given up as lost holds money
// after all: whenever that is seen, it is released (P29).
func (p *Payment) heldLate(t Trade) bool {
	a := p.Current()
	if p.Winner > 0 || a == nil || a.LostAt.IsZero() || a.Unwanted {
		return false
	}
	switch t.Standing {
	case StandingHeld, StandingReserved, StandingCaptured, StandingSettled:
		return true
	}
	return false
}

// settledSince reports whether the provider has settled the charge as we know it.
func (p *Payment) settledSince(t Trade) bool {
	return p.State == Captured && t.Standing == StandingSettled && t.Amount == p.Amount
}

// agrees reports whether the provider shows the trade as we know it.
func agrees(p *Payment, t Trade) bool {
	switch p.State {
	case Authorized, Captured, Settled:
		if t.Standing == StandingReserved && (!p.Reserved || t.ShipDate != "" && t.ShipDate != p.ShipDate) {
			return false
		}
		return t.Standing.firm() == standingOf(p.State) && t.Amount == p.Amount && p.strangeSlip(t) == ""
	case Canceled:
		if p.Winner > 0 {
			return t.Standing == StandingCanceled
		}
	}
	return t.Standing == StandingNone || t.Standing == StandingFailed || t.Standing == StandingCanceled
}

// firm folds a reservation into a hold: both hold the amount.
func (s Standing) firm() Standing {
	if s == StandingReserved {
		return StandingHeld
	}
	return s
}

func standingOf(s State) Standing {
	switch s {
	case Authorized:
		return StandingHeld
	case Captured:
		return StandingCaptured
	case Settled:
		return StandingSettled
	case Canceled:
		return StandingCanceled
	}
	return StandingNone
}
