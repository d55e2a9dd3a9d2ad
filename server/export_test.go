package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// table reads an exported list: one map for each row, by the header's names.
func table(t *testing.T, s *server, query string) []map[string]string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", "http://"+s.addr.String()+"/v1/payments:export"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+demoKey)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	b, err := io.ReadAll(w.Body)
	if err != nil || w.StatusCode != http.StatusOK {
		t.Fatalf("%d %s %v", w.StatusCode, b, err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(b), "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range rows[1:] {
		named := map[string]string{}
		for i, name := range rows[0] {
			named[name] = row[i]
		}
		out = append(out, named)
	}
	return out
}

// R43, R36, R37: on real books the CSV says what the payments say, after
// captures, cancels, shipments and changes of the order, and several conditions
// find the same in list and file.
func TestExportOfRealBooks(t *testing.T) {
	s := startServer(t)
	p := &process{t: t, base: "http://" + s.addr.String()}
	for i := range 9 {
		created := p.must("POST", "/v1/payments", fmt.Sprint("k", i), fmt.Sprintf(`{"amount":%d,"orderNumber":"n%d","cardToken":"SIMAPPROVED00000","deliveryMethod":%q,"customer":"mei_%d","cardHint":{"brand":"visa","lastFour":"0001"},
			"order":{"lines":[{"name":"茶","quantity":2,"unitAmount":%d},{"name":"=送料","quantity":1,"unitAmount":0}],"buyer":{"name":"黒猫 太郎","phone":"03-1234-5678","email":"taro@example.com"},"total":%d}}`,
			1000+i, i, []string{"takkyubin", "other"}[i%2], i, 500+i, 1000+i))
		path := "/v1/" + created["name"].(string)
		switch i {
		case 1:
			p.must("POST", path+":capture", "c1", `{}`)
		case 2:
			p.must("POST", path+":ship", "c2", `{"shipment":{"carrier":"yamato","slipNumber":"1234-5678-9013"}}`)
		case 3:
			p.must("POST", path+":cancel", "c3", `{}`)
		case 4:
			p.must("PATCH", path+"/order", "", `{"state":"CANCELED","total":7}`)
		case 5:
			p.must("POST", path+":capture", "c5", `{}`)
			p.must("POST", path+":adjust", "d5", `{"amount":600}`)
		}
	}
	rows := table(t, s, "")
	list := p.must("GET", "/v1/payments?pageSize=100", "", "")["payments"].([]any)
	if len(rows) != 9 || len(list) != 9 {
		t.Fatalf("%d rows, %d payments", len(rows), len(list))
	}
	for i, row := range rows {
		pay := p.must("GET", "/v1/"+list[i].(map[string]any)["name"].(string), "", "")
		number := func(field string) string {
			if v, ok := pay[field].(float64); ok {
				return fmt.Sprint(int(v))
			}
			return "0"
		}
		at := func(field string) string {
			v, _ := pay[field].(string)
			if v == "" {
				return ""
			}
			when, err := time.Parse(time.RFC3339Nano, v)
			if err != nil {
				t.Fatal(err)
			}
			return when.In(shop.Tokyo).Format("2006/01/02 15:04:05")
		}
		word := func(field, otherwise string) string {
			if v, ok := pay[field].(string); ok {
				return v
			}
			return otherwise
		}
		want := map[string]string{
			"決済": word("name", ""), "注文番号": word("orderNumber", ""), "受付番号": word("acceptanceNumber", ""), "決済状態": word("state", ""),
			"金額": number("amount"), "売上金額": number("capturedAmount"), "返金額": number("refundedAmount"), "注文の状態": word("orderState", ""),
			"対応状況": word("fulfillmentState", "FULFILLMENT_STATE_UNSPECIFIED"), "配送方法": word("deliveryMethod", ""), "支払回数": "1",
			"カードブランド": "visa", "カード下4桁": "0001", "承認番号": word("approvalNumber", ""), "会員": word("customer", ""), "購入者名": "黒猫 太郎",
			"与信期限": at("holdExpireTime"), "作成日時": at("createTime"), "更新日時": at("updateTime"), "結果待ち": "", "要確認": "",
		}
		for name, v := range want {
			if row[name] != v {
				t.Errorf("%s: %s is %q, want %q", row["注文番号"], name, row[name], v)
			}
		}
	}
	if row := rows[6]; row["配送業者"] != "yamato" || row["送り状番号"] != "123456789013" { // n2: newest first
		t.Errorf("%v", row)
	}
	if row := rows[4]; row["注文の状態"] != "CANCELED" || row["注文金額"] != "7" {
		t.Errorf("%v", row)
	}
	if all := table(t, s, "?lines=true"); len(all) != 18 || all[0]["商品名"] != "茶" || all[0]["小計"] != "1016" || all[1]["商品名"] != "'=送料" || all[1]["種類"] != "physical" { // P72
		t.Errorf("%v", all)
	}
	for filter, want := range map[string]string{
		`delivery_method=takkyubin AND fulfillment_state=FULFILLMENT_STATE_SHIPPED`: "n2",
		`order_state=CANCELED`: "n4",
		`state=STATE_CAPTURED AND amount<1000 AND delivery_method=other`:                                                                              "n5",
		`amount>1005 AND amount<=1008 AND order_state=OPEN`:                                                                                           "n8 n7 n6",
		`create_time>="2026-11-22T00:00:00+09:00" AND create_time<"2026-11-23T00:00:00+09:00" AND delivery_method=takkyubin AND state=STATE_CAPTURED`: "n2",
		`create_time<"2026-11-22T00:00:00+09:00"`:                                                                                                     "",
	} {
		inFile, inList := "", ""
		for _, row := range table(t, s, "?filter="+url.QueryEscape(filter)) {
			inFile += " " + row["注文番号"]
		}
		found, _ := p.must("GET", "/v1/payments?filter="+url.QueryEscape(filter), "", "")["payments"].([]any)
		for _, one := range found {
			inList += " " + one.(map[string]any)["orderNumber"].(string)
		}
		if strings.TrimSpace(inFile) != want || inList != inFile {
			t.Errorf("%s: in the file%s, in the list%s, want %s", filter, inFile, inList, want)
		}
	}
}
