package b2

import (
	"slices"
	"strings"
	"testing"
)

// R29: the layout of protocol section 11, by its landmarks.
func TestLayout(t *testing.T) {
	columns := Columns()
	if len(columns) != 97 {
		t.Fatalf("%d columns", len(columns))
	}
	for i, c := range columns {
		if c.Number != i+1 || c.Name == "" || !has(c.Name) || strings.ContainsAny(c.Name, `,"`) {
			t.Errorf("column %d: number %d, name %q", i+1, c.Number, c.Name)
		}
		if c.Full != 0 && c.Half < 2*c.Full && c.Number != colDeliveryDate {
			t.Errorf("column %d: %d full-width characters do not go into %d half-width ones", c.Number, c.Full, c.Half)
		}
		if (c.Alphabet == Text) != (c.Full != 0) && c.Half != 0 {
			t.Errorf("column %d: only text has full-width characters", c.Number)
		}
	}
	for number, want := range map[int]struct {
		name       string
		full, half int
		required   Family
	}{
		1: {"お客様管理番号", 0, 50, 0}, 4: {"伝票番号", 0, 12, 0}, 5: {"出荷予定日", 0, 10, every},
		9: {"お届け先電話番号", 0, 15, every}, 12: {"お届け先住所", 32, 64, every}, 13: {"お届け先アパートマンション名", 16, 32, 0},
		16: {"お届け先名", 16, 32, every}, 20: {"ご依頼主電話番号", 0, 15, Parcel | Packet}, 25: {"ご依頼主名", 16, 32, Parcel | Packet},
		28: {"品名１", 25, 50, Parcel | Packet}, 33: {"記事", 22, 44, 0}, 34: {"コレクト代金引換額(税込)", 0, 7, 0},
		40: {"請求先顧客コード", 0, 12, Parcel | Packet}, 42: {"運賃管理番号", 0, 2, Parcel | Packet},
		43: {"クロネコwebコレクトデータ登録", 0, 1, 0}, 47: {"クロネコwebコレクト申込受付番号３", 0, 23, 0},
		54: {"お届け完了eメールメッセージ", 159, 318, 0}, 55: {"クロネコ収納代行利用区分", 0, 1, 0}, 73: {"収納代行備考", 14, 28, 0},
		74: {"複数口くくりキー", 0, 20, 0}, 84: {"検索キー5", 0, 20, 0}, 87: {"投函予定メール利用区分", 0, 1, 0},
		95: {"投函完了メール(ご依頼主宛)メールメッセージ", 159, 318, 0}, 96: {"連携管理番号", 0, 50, 0}, 97: {"通知メールアドレス", 0, 60, 0},
	} {
		c := columns[number-1]
		if c.Name != want.name || c.Full != want.full || c.Half != want.half || c.Required != want.required {
			t.Errorf("column %d is %+v, want %+v", number, c, want)
		}
	}
	if !slices.Equal(Header(95), Header(97)[:95]) {
		t.Error("the older layout is the newer one's beginning")
	}
}

// R29: the list of slip types is configuration, and 3, 6 and 7 changed.
func TestSlipTypes(t *testing.T) {
	for name, list := range map[string][]SlipType{"Today": Today(), "Classic": Classic()} {
		seen := map[string]bool{}
		for _, s := range list {
			if seen[s.Code] || len(s.Code) != 1 || s.Name == "" || s.Family == 0 {
				t.Errorf("%s: %+v", name, s)
			}
			seen[s.Code] = true
		}
	}
	for code, names := range map[string][2]string{"3": {"クロネコゆうメール", "DM便"}, "6": {"発払い（複数口）", "メール便速達"}, "7": {"クロネコゆうパケット", "ネコポス"}} {
		today, _ := typeOf(Today(), code)
		classic, _ := typeOf(Classic(), code)
		if today.Name != names[0] || classic.Name != names[1] {
			t.Errorf("%s: %q and %q", code, today.Name, classic.Name)
		}
	}
}

// Every finding says what to do, in both languages.
func TestPhrases(t *testing.T) {
	for kind, p := range phrases {
		if !strings.Contains(p.en, ": ") || !strings.ContainsAny(p.ja, "。") {
			t.Errorf("%s: %q, %q: want what is the matter and what to do", kind, p.en, p.ja)
		}
		if strings.Count(p.en, "%s") != strings.Count(p.ja, "%s") || strings.Count(p.en, "%s") > 1 {
			t.Errorf("%s: the cell belongs into both texts, once", kind)
		}
		f := Finding{Kind: kind, Column: 4, Original: "X%sY", Replacement: "Z"}
		if strings.Contains(f.English(), "%!") || strings.Contains(f.Japanese(), "%!") || !strings.Contains(f.Japanese(), "4列目「伝票番号」") {
			t.Errorf("%s: %s / %s", kind, f.English(), f.Japanese())
		}
	}
	for kind, p := range filePhrases {
		if p.en == "" || !strings.Contains(p.ja, "ください") {
			t.Errorf("%s: %q, %q", kind, p.en, p.ja)
		}
	}
}
