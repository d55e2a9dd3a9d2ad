package main

import (
	"net/url"

	"kessai.dev/kessai/internal/doctor"
)

// doctor runs connection tests by this server's own way to the provider. One
// inside the process cannot be asked about settings.
func (s *server) doctor() *doctor.Doctor {
	o := doctor.Options{
		Payments: s.processor, Directory: s.directory, Clock: s.clock, Logger: s.logger, Simulated: s.testIsSimulated(),
	}
	if asked, ok := s.provider.(doctor.Provider); ok {
		o.Provider = asked
	}
	return doctor.New(o)
}

// testIsSimulated reports whether TEST is asked of a simulator, which takes
// scenario tokens: ours, or one on this machine.
func (s *server) testIsSimulated() bool {
	if _, inProcess, _ := s.flags.instant(); inProcess || s.simulatorAddr != nil {
		return true
	}
	u, err := url.Parse(s.flags.Provider)
	return err == nil && s.flags.Provider != "" && loopback(u.Hostname())
}
