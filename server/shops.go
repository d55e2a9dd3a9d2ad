package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

// defaultHoldDays is how long a hold lasts when the contract does not say.
const defaultHoldDays = 60

// file is the part of the --config file that is not flags: how an installation
// begins. Which shops, environments and keys there are is said here for good;
// what they are set to is in the books from the first start on.
type file struct {
	Contracts []contractFile `json:"contracts"`
	Shops     []shopFile     `json:"shops"`
	Keys      []keyFile      `json:"keys"`
}

type contractFile struct {
	ID            string          `json:"id"`
	TraderCode    string          `json:"traderCode"`
	AccessKeyFile string          `json:"accessKeyFile"` // a file with the key alone: secrets stay out of the config; absent: it comes over the API
	HoldDays      int             `json:"holdDays"`
	AmountLimit   money.Yen       `json:"amountLimit"`
	Flags         map[string]bool `json:"flags"`
}

type shopFile struct {
	ID        string                      `json:"id"`
	Name      string                      `json:"name"`
	Contracts map[shop.Environment]string `json:"contracts"`
	settingsFile
}

type keyFile struct {
	SHA256      string           `json:"sha256"`
	Shop        shop.ID          `json:"shop"`
	Environment shop.Environment `json:"environment"`
	Scopes      []shop.Scope     `json:"scopes"`
	Expires     time.Time        `json:"expires"`
}

// readDirectory reads shops, contracts and keys from the config file; with
// none of them there is the demo shop.
func readDirectory(path string) (*shop.Directory, error) {
	var f file
	if path != "" {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if err := f.decode(raw); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	d := &shop.Directory{Shops: map[shop.ID]*shop.Shop{}, Keys: map[[32]byte]*shop.Key{}}
	if len(f.Shops) == 0 {
		addDemo(d)
		return d, nil
	}
	if err := f.fill(d); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return d, nil
}

// decode takes the three parts strictly; every other key is a flag's, which
// configFile has checked.
func (f *file) decode(raw []byte) error {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return err
	}
	for name, into := range map[string]any{"contracts": &f.Contracts, "shops": &f.Shops, "keys": &f.Keys} {
		if parts[name] == nil {
			continue
		}
		dec := json.NewDecoder(bytes.NewReader(parts[name]))
		dec.DisallowUnknownFields()
		if err := dec.Decode(into); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if len(f.Shops) == 0 && (len(f.Contracts) > 0 || len(f.Keys) > 0) {
		return errors.New("there are contracts or keys, but no shops")
	}
	return nil
}

func (f *file) fill(d *shop.Directory) error {
	contracts := map[string]shop.Contract{}
	for _, c := range f.Contracts {
		made, err := c.contract()
		if err != nil {
			return fmt.Errorf("contract %q: %w", c.ID, err)
		}
		contracts[c.ID] = made
	}
	for _, s := range f.Shops {
		made, err := s.shop(contracts)
		if err != nil {
			return fmt.Errorf("shop %q: %w", s.ID, err)
		}
		if d.Shops[made.ID] != nil {
			return fmt.Errorf("shop %q is there twice", s.ID)
		}
		d.Shops[made.ID] = made
	}
	for i, k := range f.Keys {
		made, err := k.key(d)
		if err != nil {
			return fmt.Errorf("key %d: %w", i+1, err)
		}
		d.Keys[made.Hash] = made
	}
	return nil
}

func (c *contractFile) contract() (shop.Contract, error) {
	if c.ID == "" || len(c.TraderCode) != 9 {
		return shop.Contract{}, errors.New("needs an id and a traderCode of nine digits")
	}
	var key []byte
	if c.AccessKeyFile != "" {
		var err error
		if key, err = os.ReadFile(c.AccessKeyFile); err != nil {
			return shop.Contract{}, fmt.Errorf("accessKeyFile: %w", err)
		}
	}
	made := shop.Contract{
		ID: c.ID, TraderCode: c.TraderCode, AccessKey: shop.AccessKey(strings.TrimSpace(string(key))),
		AmountLimit: c.AmountLimit, HoldDays: c.HoldDays,
	}
	if made.HoldDays == 0 {
		made.HoldDays = defaultHoldDays
	}
	for name, on := range c.Flags {
		flag := made.Flags.Flag(name)
		if flag == nil {
			return shop.Contract{}, fmt.Errorf("no such flag %q", name)
		}
		*flag = on
	}
	return made, made.Check()
}

func (s *shopFile) shop(contracts map[string]shop.Contract) (*shop.Shop, error) {
	made := &shop.Shop{ID: shop.ID(s.ID), Name: s.Name, Contracts: map[shop.Environment]shop.Contract{}}
	if s.ID == "" || len(s.Contracts) == 0 {
		return nil, errors.New("needs an id and a contract")
	}
	for env, id := range s.Contracts {
		c, ok := contracts[id]
		switch {
		case !ok:
			return nil, fmt.Errorf("no contract %q", id)
		case env != shop.Test && env != shop.Production:
			return nil, fmt.Errorf("environment %q: want TEST or PRODUCTION", env)
		case env == shop.Test && !c.Flags.TestAllowed:
			return nil, fmt.Errorf("contract %q was not given the TEST environment (flag testAllowed)", id)
		}
		made.Contracts[env] = c
	}
	made.Settings = s.settings()
	for _, c := range made.Contracts {
		if c.AccessKey == "" {
			c.AccessKey = "0" // the books may have it: a new shop is judged without it when it is taken into them
		}
		if err := registry.Check(&made.Settings, &c); err != nil {
			return nil, err
		}
	}
	return made, nil
}

func (k *keyFile) key(d *shop.Directory) (*shop.Key, error) {
	hash, err := hex.DecodeString(k.SHA256)
	if err != nil || len(hash) != 32 {
		return nil, errors.New("sha256 must be 64 hex digits: the hash of the key, as `kessai key` prints it")
	}
	made := &shop.Key{Hash: [32]byte(hash), Tenant: shop.Tenant{Shop: k.Shop, Environment: k.Environment}, Scopes: k.Scopes, Expires: k.Expires}
	if _, _, ok := d.Contract(made.Tenant); !ok {
		return nil, fmt.Errorf("no shop %q in %s", k.Shop, k.Environment)
	}
	for _, s := range k.Scopes {
		if s != shop.Storefront && s != shop.Shipping && s != shop.Operator {
			return nil, fmt.Errorf("scope %q: want storefront, shipping or operator", s)
		}
	}
	return made, nil
}

// allTest reports whether no shop takes real money.
func allTest(d *shop.Directory) bool {
	for _, s := range d.Shops {
		if _, real := s.Contracts[shop.Production]; real {
			return false
		}
	}
	return true
}
