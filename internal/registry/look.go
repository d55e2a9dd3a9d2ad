package registry

import (
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// Look gives the shops as a start with this config file would serve them, from
// the documents of the books as they lie. It writes nothing. The error is a
// document or a secret that cannot be read.
func Look(file *shop.Directory, keys *Keys, documents []ledger.Document) (*shop.Directory, error) {
	live := shop.NewLive(file)
	r := (&Registry{o: Options{Live: live, Keys: keys}, file: file, points: pointersOf(file)}).empty()
	for i := range documents {
		if err := r.take(&documents[i]); err != nil {
			return nil, err
		}
	}
	for _, t := range r.fileTenants() {
		from := file.Shops[t.Shop]
		c := from.Contracts[t.Environment]
		known := r.contracts[c.ID]
		if _, shared := r.pointers(c.ID); known == nil || shared {
			if known != nil && c.AccessKey == "" {
				c.AccessKey = known.AccessKey
			}
			r.contracts[c.ID] = &contract{Contract: c}
		}
		if r.tenants[t] == nil {
			r.tenants[t] = &tenant{contract: c.ID, name: or(from.Name, string(t.Shop)), settings: cloneSettings(&from.Settings)}
		}
	}
	r.publish()
	return live.Now(), nil
}
