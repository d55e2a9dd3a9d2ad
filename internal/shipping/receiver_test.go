package shipping

import "testing"

// P62: two books write one receiver in two ways, and two receivers stay two.
func TestReceiversCompare(t *testing.T) {
	r := func(name, where string) Receiver { return Receiver{name, where} }
	for _, c := range []struct {
		a, b Receiver
		want likeness
	}{
		{r("山田 太郎", "東京都"), r("山田　太郎 様", "東京都千代田区千代田1-1"), alike},
		{r("ﾔﾏﾀﾞ ﾀﾛｳ", ""), r("ヤマダ・タロウ", ""), alike},
		{r("髙﨑 𠮷江", ""), r("高崎吉江", ""), alike},
		{r("ＡＢＣ商店御中", "大阪"), r("abc商店", "大阪府"), alike},
		{r("山田太郎", ""), r("山田太郎", "東京都"), alike},
		{r("", "京都"), r("山田太郎", "京都府京都市"), alike},
		{r("山田太郎", "東京都"), r("山田太郎", "京都府"), unlike},
		{r("山田太郎", "東京都"), r("山田花子", "東京都"), unlike},
		{r("", "東京都"), r("山田太郎", ""), unknown},
		{r("", ""), r("", ""), unknown},
		{r(" ", "千代田区"), r("山田太郎", "東京都"), unknown},
		{r("様", ""), r("殿", ""), unlike},
	} {
		if got := c.a.identity().compare(c.b.identity()); got != c.want {
			t.Errorf("%+v and %+v: %d; want %d", c.a, c.b, got, c.want)
		}
		if got := c.b.identity().compare(c.a.identity()); got != c.want {
			t.Errorf("%+v and %+v: %d the other way round", c.b, c.a, got)
		}
	}
}

// P62: each prefecture is found by its name, its short name and an address, and
// taken for no other.
func TestPrefecture(t *testing.T) {
	if len(prefectures) != 47 {
		t.Fatalf("%d prefectures", len(prefectures))
	}
	for _, p := range prefectures {
		forms := []string{p, "　" + p + "中央1-2-3", p[:len(p)-3]}
		for _, in := range forms {
			if got := Prefecture(in); got != p {
				t.Errorf("Prefecture(%q) = %q", in, got)
			}
		}
	}
	for _, in := range []string{"", "札幌市中央区", "京都市中京区", "大阪市北区", "千代田区東京都", "JP-13", "県"} {
		if got := Prefecture(in); got != "" {
			t.Errorf("Prefecture(%q) = %q; many addresses begin with none", in, got)
		}
	}
}
