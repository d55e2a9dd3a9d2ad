package registry

import (
	"crypto/sha256"
	"maps"

	"kessai.dev/kessai/internal/shop"
)

// publish makes the directory that the house serves by, whole.
func (r *Registry) publish() {
	r.mu.RLock()
	defer r.mu.RUnlock()
	d := &shop.Directory{Shops: map[shop.ID]*shop.Shop{}, Own: map[shop.Tenant]*shop.Shop{}, Keys: map[[sha256.Size]byte]*shop.Key{}}
	for id := range r.file.Shops {
		r.show(d, id)
	}
	for hash := range r.keys {
		r.showKey(d, hash)
	}
	maps.Copy(d.Keys, r.file.Keys) // they come last: they are ruled by the file
	r.o.Live.Replace(d)
}

// takeIn takes news into memory, and into the directory that the house serves by: of the one
// before only what they are about is made anew, since there may be a million shops. While the
// config file is taken in that waits for the end. The caller holds change.
func (r *Registry) takeIn(news *Registry) {
	if !r.merge(news) || r.begins {
		return
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	next := *r.o.Live.Now()
	if about := r.about(news); len(about) > 0 {
		next.Shops, next.Own = maps.Clone(next.Shops), maps.Clone(next.Own)
		for id := range about {
			r.show(&next, id)
		}
	}
	if len(news.keys) > 0 {
		next.Keys = maps.Clone(next.Keys)
		for hash := range news.keys {
			if r.file.Keys[hash] == nil {
				r.showKey(&next, hash)
			}
		}
	}
	r.o.Live.Replace(&next)
}

// about gives the shops that news are about.
func (r *Registry) about(news *Registry) map[shop.ID]bool {
	about := map[shop.ID]bool{}
	for t := range news.tenants {
		about[t.Shop] = true
	}
	for id := range news.contracts {
		for _, t := range r.points[id] {
			about[t.Shop] = true
		}
	}
	return about
}

// show puts a shop of the config file into a directory, as it is now. The caller holds mu.
func (r *Registry) show(d *shop.Directory, id shop.ID) {
	from := r.file.Shops[id]
	if from == nil {
		return // the books know it, and the file does not any more
	}
	contracts := map[shop.Environment]shop.Contract{}
	for env, c := range from.Contracts {
		if known := r.contracts[c.ID]; known != nil {
			contracts[env] = known.Contract
		}
	}
	for _, env := range []shop.Environment{shop.Test, shop.Production} { // PRODUCTION comes last, and speaks for the shop
		t := shop.Tenant{Shop: id, Environment: env}
		known := r.tenants[t]
		if _, ok := contracts[env]; !ok || known == nil {
			continue
		}
		d.Own[t] = &shop.Shop{ID: id, Name: known.name, Contracts: contracts, Settings: cloneSettings(&known.settings)}
		d.Shops[id] = d.Own[t]
	}
}

// showKey puts an access key into a directory, as it is now. The caller holds mu.
func (r *Registry) showKey(d *shop.Directory, hash [sha256.Size]byte) {
	k := r.keys[hash]
	if _, err := r.served(k.tenant); err == nil {
		d.Keys[hash] = &shop.Key{Hash: hash, Tenant: k.tenant, Scopes: append([]shop.Scope(nil), k.Scopes...), Expires: k.Expires}
	}
}
