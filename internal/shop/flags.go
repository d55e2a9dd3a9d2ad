package shop

// flagNames are the flags by the names of the API and the config file, in the
// order in which they are listed.
var flagNames = [...]string{
	"testAllowed", "vault", "threeDSecure", "noSecurityCode", "amountIncrease", "captureByCode99",
	"nonPhysical", "severalShipTos", "severalShipments", "storedCardAlone", "reservation",
}

// Flag gives the flag of a name; nil: there is none.
func (f *Flags) Flag(name string) *bool {
	switch name {
	case "testAllowed":
		return &f.TestAllowed
	case "vault":
		return &f.Vault
	case "threeDSecure":
		return &f.ThreeDSecure
	case "noSecurityCode":
		return &f.NoSecurityCode
	case "amountIncrease":
		return &f.AmountIncrease
	case "captureByCode99":
		return &f.CaptureByCode99
	case "nonPhysical":
		return &f.NonPhysical
	case "severalShipTos":
		return &f.SeveralShipTos
	case "severalShipments":
		return &f.SeveralShipments
	case "storedCardAlone":
		return &f.StoredCardAlone
	case "reservation":
		return &f.Reservation
	}
	return nil
}

// Names lists the flags that are set, by the names that Flag knows.
func (f *Flags) Names() []string {
	var names []string
	for _, n := range flagNames {
		if *f.Flag(n) {
			names = append(names, n)
		}
	}
	return names
}
