package webhook

import (
	"slices"
	"strings"

	"kessai.dev/kessai/internal/event"
)

// wants reports whether an endpoint that chose these types gets one.
func wants(types []string, typ string) bool {
	return len(types) == 0 || slices.ContainsFunc(types, func(t string) bool { return means(t, typ) })
}

// means reports whether a choice is a type, or a family of types that it belongs
// to: "payment.*".
func means(choice, typ string) bool {
	family, ok := strings.CutSuffix(choice, "*")
	return choice == typ || ok && strings.HasSuffix(family, ".") && strings.HasPrefix(typ, family)
}

// chosen are the types that a choice means today; nil: all.
func chosen(types []string) []string {
	if len(types) == 0 {
		return nil
	}
	return slices.DeleteFunc(event.Types(), func(t string) bool { return !wants(types, t) })
}
