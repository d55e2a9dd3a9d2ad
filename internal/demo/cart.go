package demo

import (
	"encoding/base32"
	"encoding/binary"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// product is one thing to buy.
type product struct {
	ID, Name, English, About, AboutEnglish string
	Price                                  money.Yen // tax included
}

var catalogue = []product{
	{"yunomi", "青磁の湯のみ", "Celadon tea cup", "手になじむ、ひとつ物。", "Thrown by hand.", 1_280},
	{"sencha", "煎茶と茶筒", "Sencha in a caddy", "今年の一番茶、100g。", "This year's first flush, 100 g.", 5_080},
	{"tetsubin", "鉄瓶", "Cast-iron kettle", "お湯がまろやかに。", "For softer water.", 12_000},
	{"jubako", "漆の重箱", "Lacquered jubako", "三段、木地から。", "Three tiers, turned from wood.", 30_000},
}

// maxQuantity is how many of a thing a cart takes.
const maxQuantity = 9

// cart is what is to be bought, and under which order number. It is the query
// of an address, so that reload, back and a second tab have it too.
type cart struct {
	Order  string // its first letter tells the shop that sells
	Secure bool   // bought from the shop that demands 3-D Secure
	Lines  []line
}

type line struct {
	product
	Quantity int
}

// Sum is the line's amount.
func (l line) Sum() money.Yen { return l.Price * money.Yen(l.Quantity) }

// Total is the cart's amount.
func (c cart) Total() money.Yen {
	sum := money.Yen(0)
	for _, l := range c.Lines {
		sum += l.Sum()
	}
	return sum
}

// readCart reads what is known to the shop; anything else in the query counts
// as not being there.
func readCart(q url.Values) cart {
	c := cart{Secure: q.Get("secure") == "on"}
	if order := q.Get("order"); orderForm.MatchString(order) && order[0] == c.letter() {
		c.Order = order
	}
	for _, p := range catalogue {
		if n, err := strconv.Atoi(q.Get(p.ID)); err == nil && n > 0 {
			c.Lines = append(c.Lines, line{p, min(n, maxQuantity)})
		}
	}
	return c
}

// with gives the cart with another quantity of a product.
func (c cart) with(id string, change int) cart {
	out := cart{Order: c.Order, Secure: c.Secure}
	for _, p := range catalogue {
		if n := min(c.Quantity(p.ID)+boolInt(p.ID == id)*change, maxQuantity); n > 0 {
			out.Lines = append(out.Lines, line{p, n})
		}
	}
	return out
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Quantity is how many of a product are in the cart.
func (c cart) Quantity(id string) int {
	for _, l := range c.Lines {
		if l.ID == id {
			return l.Quantity
		}
	}
	return 0
}

// Count is how many things there are.
func (c cart) Count() int {
	n := 0
	for _, l := range c.Lines {
		n += l.Quantity
	}
	return n
}

// Query is the cart as it stands in an address.
func (c cart) Query() url.Values {
	q := url.Values{}
	if c.Order != "" {
		q.Set("order", c.Order)
	}
	if c.Secure {
		q.Set("secure", "on")
	}
	for _, l := range c.Lines {
		q.Set(l.ID, strconv.Itoa(l.Quantity))
	}
	return q
}

// At is an address of the shop with the cart in it.
func (c cart) At(path string) string {
	if q := c.Query().Encode(); q != "" {
		return path + "?" + q
	}
	return path
}

// More and Less are the addresses of the cart with one more and one less.
func (c cart) More(id string) string { return c.with(id, 1).At("/demo/cart") }

// Less is one less.
func (c cart) Less(id string) string { return c.with(id, -1).At("/demo/cart") }

// Other is the address of the same cart at the other shop. It is another order
// there: an order number belongs to one shop.
func (c cart) Other() string {
	return cart{Secure: !c.Secure, Lines: c.Lines}.At("/demo/cart")
}

// orderForm is the form of the shops' order numbers: a letter for the shop, the
// day, and 40 random bits. No run of digits is long enough for a card number.
var orderForm = regexp.MustCompile(`^[DS][0-9]{4}-[0-9a-v]{8}$`)

func (c cart) letter() byte {
	if c.Secure {
		return 'S'
	}
	return 'D'
}

func (d *door) newOrder(c cart) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], d.o.Random())
	return string(c.letter()) + d.o.Clock().In(shop.Tokyo).Format("0102") + "-" + strings.ToLower(base32.HexEncoding.EncodeToString(b[:5]))
}

// serveShop shows what there is to buy.
func (d *door) serveShop(w http.ResponseWriter, r *http.Request) {
	d.show(w, http.StatusOK, "shop.html", struct {
		Products []product
		Cart     cart
	}{catalogue, readCart(r.URL.Query())})
}

// serveCart shows the cart and asks for the rest. A cart gets its order number
// when it is first looked at, and keeps it: ordering it twice is one order.
func (d *door) serveCart(w http.ResponseWriter, r *http.Request) {
	c := readCart(r.URL.Query())
	if add := r.URL.Query().Get("add"); add != "" {
		c = c.with(add, 1)
		http.Redirect(w, r, d.numbered(c).At("/demo/cart"), http.StatusSeeOther)
		return
	}
	if len(c.Lines) > 0 && c.Order == "" {
		http.Redirect(w, r, d.numbered(c).At("/demo/cart"), http.StatusSeeOther)
		return
	}
	d.showCart(w, http.StatusOK, c, example, nil)
}

func (d *door) numbered(c cart) cart {
	if c.Order == "" && len(c.Lines) > 0 {
		c.Order = d.newOrder(c)
	}
	return c
}

func (d *door) showCart(w http.ResponseWriter, status int, c cart, f form, faults map[string]string) {
	d.show(w, status, "cart.html", struct {
		Cart       cart
		Form       form
		Faults     map[string]string
		Deliveries []delivery
	}{c, f, faults, deliveries})
}
