package doctor

import (
	"time"

	"kessai.dev/kessai/internal/shop"
)

// Books is the line about books whose end is right; kessai verify proves the
// rest of them.
func Books(records, unsealed uint64, last time.Time) Step {
	if last.IsZero() {
		return pass("books", Text{"The books are empty and right", "台帳は空で、正常"})
	}
	return pass("books", text("The end of the books is right: %d records, %d of them after the last seal, the last one of %s",
		"台帳の末尾は正常：記録%d件、最後の封印の後に%d件、最終記録は%s", records, unsealed, last.In(shop.Tokyo).Format("2006-01-02 15:04:05")))
}
