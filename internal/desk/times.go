package desk

import (
	"time"

	"kessai.dev/kessai/internal/rounds"
)

// Rounds are what the desk does by itself, and when: lost orders each minute, and
// the personal data of ended payments once a night, when the shops sleep.
func (d *Desk) Rounds() []rounds.Round {
	return []rounds.Round{
		{Name: "orphans", Every: time.Minute, Run: d.Tell},
		{Name: "orphan-rule", Every: 5 * time.Minute, Run: d.Act},
		{Name: "retention", At: 4*time.Hour + 10*time.Minute, Run: d.Erase},
	}
}
