package simulator

import "slices"

// serve takes a call from the door to its answer.
func (s *Simulator) serve(c *call) answer {
	s.gate.RLock()
	defer s.gate.RUnlock()
	c.now = s.Now()
	r := s.process(c)
	return answer{xml: answerXML(c.now, r), reply: r.reply}
}

// process does the common checks, then the function, and logs the call.
func (s *Simulator) process(c *call) result {
	if c.broken {
		return result{reply: replyLost}
	}
	code := c.common()
	if code == "" {
		var leave func()
		leave, code = s.enter(c.merchant)
		defer leave()
	}
	if code != "" {
		return s.finish(c, refuse(code))
	}
	if forced := c.forced(); forced.code != "" {
		return s.finish(c, forced)
	}
	c.fault = s.faults.pick(c.function.div, c.merchant.TraderCode, c.orderNo())
	if r, stop := c.fault.before(); stop {
		return s.finish(c, r)
	}
	if c.fault == faultRepeated {
		// Something between caller and gateway sent the request twice; the
		// caller sees the second answer.
		first := s.run(c)
		c.again = true
		if err := s.books.commit(first.puts); err != nil {
			c.release()
			return s.finish(c, refuse(systemError))
		}
		c.release()
	}
	r := s.run(c)
	c.fault.after(&r)
	return s.finish(c, r)
}

// systemError says that nobody knows.
const systemError = "Z019999999"

// run checks the parameters in their official order and does the work. The
// locks it took are held until finish has written the changes.
func (s *Simulator) run(c *call) result {
	if c.function.nightly && nightly(c.now) {
		return refuse(c.function.div + "0000000")
	}
	if code := c.check(c.function.params); code != "" {
		return refuse(code)
	}
	return c.function.work(c)
}

// finish writes the changes and the log line in one commit, then lets go.
func (s *Simulator) finish(c *call, r result) result {
	defer c.release()
	line := s.logLine(c, r)
	if len(r.puts) == 0 {
		if err := s.books.note(line); err != nil {
			return refuse(systemError)
		}
		return r
	}
	if err := s.books.commit(append(slices.Clone(r.puts), line...)); err != nil {
		s.logger.Error("simulator: not written", "error", err)
		return refuse(systemError)
	}
	return r
}

// common is what the gateway checks before it looks at the function's own
// parameters (protocol 2.0 and 7).
func (c *call) common() string {
	if !c.post {
		return "Z012000001"
	}
	div := c.get("function_div")
	if div == "" {
		return "Z012000002"
	}
	c.function = functionByPath[c.path]
	if c.function == nil || !knownDivs[div] {
		return "Z012000003"
	}
	// A function_div that does not fit the URL is answered by URL: one client
	// of the real gateway lives with such a mistake (protocol 2.0).
	if code := c.check(traderCodeParam); code != "" {
		return code
	}
	m, known := c.s.merchant(c.get("trader_code"))
	switch {
	case !known || m.Suspended:
		return "Z012000007"
	case !m.API || c.function.work == nil:
		return "Z012000008"
	case len(m.AllowedIPs) > 0 && !slices.Contains(m.AllowedIPs, c.address) && c.function.div != "H01":
		return "Z012000009"
	}
	c.merchant = m
	return ""
}

// enter counts the merchant's calls at work, Z012000006 above its limit.
func (s *Simulator) enter(m Merchant) (leave func(), code string) {
	if m.Concurrency == 0 {
		return func() {}, ""
	}
	s.inFlightMu.Lock()
	defer s.inFlightMu.Unlock()
	if s.inFlight[m.TraderCode] >= m.Concurrency {
		return func() {}, "Z012000006"
	}
	s.inFlight[m.TraderCode]++
	return func() {
		s.inFlightMu.Lock()
		defer s.inFlightMu.Unlock()
		s.inFlight[m.TraderCode]--
	}, ""
}
