package shipping

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Receiver is whom a parcel goes to, as one book has it. What the book does not
// have is left empty.
type Receiver struct {
	Name string
	// Prefecture is 都道府県, or an address that begins with it.
	Prefecture string
}

// identity is a receiver in the form in which two books can be compared.
type identity struct{ name, prefecture string }

// likeness is what a comparison of two receivers shows.
type likeness int

const (
	unknown likeness = iota // too little is known
	alike                   // the names agree, or without them the prefectures
	unlike                  // a name or a prefecture differs
)

func (r Receiver) identity() identity {
	return identity{name: bareName(r.Name), prefecture: Prefecture(r.Prefecture)}
}

func (a identity) compare(b identity) likeness {
	named := a.name != "" && b.name != ""
	placed := a.prefecture != "" && b.prefecture != ""
	switch {
	case named && a.name != b.name, placed && a.prefecture != b.prefecture:
		return unlike
	case named, placed:
		return alike
	}
	return unknown
}

// elsewhere reports whether the prefectures are known and differ.
func (a identity) elsewhere(b identity) bool {
	return a.prefecture != "" && b.prefecture != "" && a.prefecture != b.prefecture
}

// variants are letters of names for which many books, and CP932, have another.
var variants = strings.NewReplacer("髙", "高", "﨑", "崎", "𠮷", "吉", "濵", "浜", "濱", "浜", "邉", "辺", "邊", "辺", "齋", "斉", "斎", "斉", "齊", "斉", "德", "徳", "栁", "柳", "桒", "桑", "澤", "沢", "廣", "広", "黑", "黒")

// titles stand after a name in one book and not in the other.
var titles = []string{"様", "さま", "殿", "御中", "先生"}

// bareName gives a name without what books write differently: width, blanks,
// dots, capital letters, variants of a letter and the title. Two people may come
// out alike; for a question to a person that does.
func bareName(name string) string {
	name = strings.Map(func(r rune) rune {
		if blank(r) || r == '・' || r == '.' || r == ',' || r == '?' {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(name))
	name = variants.Replace(name)
	for _, title := range titles {
		if bare, cut := strings.CutSuffix(name, title); cut && bare != "" {
			return bare
		}
	}
	return name
}

var prefectures = strings.Fields("北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 " +
	"東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 " +
	"和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県")

// Prefecture gives the prefecture that an address begins with, such as 東京都; a
// prefecture's name alone may lack its ending. It is empty if the address begins
// with none: many begin with the city, and nothing is concluded from that.
func Prefecture(address string) string {
	address = strings.TrimFunc(norm.NFKC.String(address), blank)
	for _, p := range prefectures {
		if strings.HasPrefix(address, p) || address == p[:len(p)-len("県")] {
			return p
		}
	}
	return ""
}
