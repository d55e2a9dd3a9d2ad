package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/report"
	"kessai.dev/kessai/internal/shop"
)

// R22: a day with its balances, its movements, and what seals it; sums are strings in
// JSON.
func TestGetDayClose(t *testing.T) {
	h := open(t)
	code, body, _ := h.operator(t, "GET", "/v1/dayCloses/2026-11-21", "")
	for _, want := range []string{
		`"name":"dayCloses/2026-11-21"`, `"closed":true`, `"openingHeld":"5080"`, `"closingHeld":"1000"`, `"closingCharged":"4080"`, `"journalNumber":"9"`, `"seal":"ab12"`,
		`{"kind":"AUTHORIZED","count":1,"held":"1000"`, `{"kind":"CAPTURED","count":1,"held":"-5080","charged":"4080"}`,
	} {
		if !strings.Contains(strings.ReplaceAll(body, " ", ""), want) {
			t.Errorf("%d without %s: %s", code, want, body)
		}
	}
	for name, want := range map[string]int{"2026-11-19": http.StatusNotFound, "2026-12-24": http.StatusBadRequest, "x": http.StatusBadRequest} {
		if code, body, _ := h.operator(t, "GET", "/v1/dayCloses/"+name, ""); code != want {
			t.Errorf("%s: %d %s", name, code, body)
		}
	}
}

// R22: days, newest first, page by page; a token of another list is none.
func TestListDayCloses(t *testing.T) {
	h := open(t)
	var dates []string
	for token := ""; ; {
		code, body, _ := h.operator(t, "GET", "/v1/dayCloses?pageSize=2&pageToken="+token, "")
		var page struct {
			DayCloses     []struct{ Name string }
			NextPageToken string
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil || code != http.StatusOK {
			t.Fatalf("%d %s", code, body)
		}
		for _, d := range page.DayCloses {
			dates = append(dates, d.Name)
		}
		if token = page.NextPageToken; token == "" {
			break
		}
	}
	if fmt.Sprint(dates) != "[dayCloses/2026-11-22 dayCloses/2026-11-21 dayCloses/2026-11-20]" {
		t.Error(dates)
	}
	for _, wrong := range []string{"pageToken=x", "pageSize=93", "pageSize=-1"} {
		if code, body, _ := h.operator(t, "GET", "/v1/dayCloses?"+wrong, ""); code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", wrong, code, body)
		}
	}
}

type brokenDays struct{}

func (brokenDays) Day(context.Context, shop.Tenant, string) (report.Day, error) {
	return report.Day{}, errDisk
}

func (brokenDays) Days(context.Context, shop.Tenant, string, int) (report.DayPage, error) {
	return report.DayPage{}, errDisk
}

// P20 P88: books that cannot be read are an error without their text.
func TestDaysBroken(t *testing.T) {
	h := open(t, func(o *api.Options) { o.Days = brokenDays{} })
	for _, path := range []string{"/v1/dayCloses", "/v1/dayCloses/2026-11-21"} {
		if code, body, _ := h.operator(t, "GET", path, ""); code != http.StatusServiceUnavailable || strings.Contains(body, errDisk.Error()) {
			t.Errorf("%s: %d %s", path, code, body)
		}
	}
}
