package shipping

// Method is one of a shop's delivery methods (R19).
type Method struct {
	ID      string // bare id, such as "takkyubin"
	Name    string // what the shopper reads
	Carrier Carrier
}

// Yamato reports whether the shop assigned the method to Yamato: such an order
// is always only authorized at purchase, and captured by its slip (R17, R27).
func (m Method) Yamato() bool { return m.Carrier == CarrierYamato }
