package api

// Failures is filled in below.
type Failures interface{}
