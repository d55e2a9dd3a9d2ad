package dispatch

import "strings"

// Error names the settings that are missing.
func (e *IncompleteError) Error() string {
	return "B2 needs settings that the shop lacks: " + strings.Join(e.Missing, ", ")
}
