package shop

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04:05", s, Tokyo)
	if err != nil {
		panic(err)
	}
	return t
}

// P84: a hold ends at 23:59:59 Japan time of its last day, across month ends,
// leap days and New Year, whatever the server's zone.
func TestHoldExpiry(t *testing.T) {
	for _, c := range []struct {
		days       int
		made, ends string
	}{
		{60, "2026-11-22 07:00:00", "2027-01-21 23:59:59"},
		{58, "2026-11-22 23:59:59", "2027-01-19 23:59:59"},
		{1, "2028-02-28 00:00:00", "2028-02-29 23:59:59"},
		{1, "2027-02-28 12:00:00", "2027-03-01 23:59:59"},
		{60, "2026-12-31 23:59:59", "2027-03-01 23:59:59"},
		{0, "2026-12-31 00:00:00", "2026-12-31 23:59:59"},
	} {
		contract := Contract{HoldDays: c.days}
		for _, zone := range []*time.Location{time.UTC, Tokyo, time.FixedZone("west", -11*3600)} {
			if got := contract.HoldExpiry(at(c.made).In(zone)); !got.Equal(at(c.ends)) {
				t.Errorf("%d days from %s (%v): %v; want %s", c.days, c.made, zone, got, c.ends)
			}
		}
	}
}

// P37: 23:00 to 01:00 Japan time, both edges, and the hour to come back.
func TestServiceReopens(t *testing.T) {
	for now, want := range map[string]string{
		"2026-11-22 22:59:59": "", "2026-11-22 23:00:00": "2026-11-23 01:00:00", "2026-11-22 23:59:59": "2026-11-23 01:00:00",
		"2026-11-23 00:00:00": "2026-11-23 01:00:00", "2026-11-23 00:59:59": "2026-11-23 01:00:00", "2026-11-23 01:00:00": "",
		"2026-12-31 23:30:00": "2027-01-01 01:00:00", "2026-11-23 12:00:00": "",
	} {
		opens, closed := ServiceReopens(at(now).UTC())
		if closed != (want != "") || closed && !opens.Equal(at(want)) {
			t.Errorf("at %s: %v, %v; want %q", now, opens, closed, want)
		}
	}
}

// R12 P98: the access key shows nowhere.
func TestAccessKeyIsSecret(t *testing.T) {
	c := Contract{TraderCode: "888889999", AccessKey: "1111111"}
	j, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), string(j)} {
		if strings.Contains(s, "1111111") {
			t.Errorf("the access key shows in %s", s)
		}
	}
	if c.AccessKey.Reveal() != "1111111" {
		t.Error("Reveal does not")
	}
}
