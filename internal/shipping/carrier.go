package shipping

import "fmt"

// Carrier is who takes the parcel: an open set of names such as "yamato",
// "other" or a shop's own.
type Carrier string

const (
	// CarrierYamato is the carrier whose slip number captures a payment (R27).
	CarrierYamato Carrier = "yamato"
	// CarrierOther is any carrier that the shop does not name (R32, R33).
	CarrierOther Carrier = "other"
)

// MaxCarrier is how long a carrier's name may be, in characters.
const MaxCarrier = 32

// CarrierFault says what is wrong with a carrier's name, for a caller who
// translates it.
type CarrierFault string

// What can be wrong with a carrier's name.
const (
	CarrierEmpty     CarrierFault = "empty"
	CarrierLength    CarrierFault = "length"
	CarrierCharacter CarrierFault = "character"
)

// CarrierError is a name that no carrier can have.
type CarrierError struct {
	Fault     CarrierFault
	Position  int  // of the character that is wrong or too many, from 1; 0 for none
	Character rune // with CarrierCharacter
}

// Error says what is wrong in English; the fault is what to decide by.
func (e *CarrierError) Error() string {
	switch e.Fault {
	case CarrierEmpty:
		return "carrier is empty: a name such as yamato or other is needed"
	case CarrierLength:
		return fmt.Sprintf("carrier is longer than %d characters", MaxCarrier)
	}
	return fmt.Sprintf("carrier has %q at %d: lower-case letters, digits and hyphens are allowed, and no hyphen first", e.Character, e.Position)
}

// ParseCarrier checks the form of a carrier's name: 1 to 32 lower-case ASCII
// letters, digits and hyphens, the first no hyphen. Nothing is folded: "Yamato"
// taken for another carrier would never be captured by its slip, so it is
// refused (R27, P70). The error is a *CarrierError.
func ParseCarrier(s string) (Carrier, error) {
	if s == "" {
		return "", &CarrierError{Fault: CarrierEmpty}
	}
	at := 0
	for _, r := range s {
		at++
		word := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		switch {
		case !word && (r != '-' || at == 1):
			return "", &CarrierError{Fault: CarrierCharacter, Position: at, Character: r}
		case at > MaxCarrier:
			return "", &CarrierError{Fault: CarrierLength, Position: at}
		}
	}
	return Carrier(s), nil
}
