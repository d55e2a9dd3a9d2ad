package registry

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// tenantDoc is a tenant as it is kept. The JSON names of this file are kept for
// ever.
type tenantDoc struct {
	Shop         shop.ID           `json:"shop"`
	Environment  shop.Environment  `json:"env"`
	Contract     string            `json:"contract"`
	Name         string            `json:"name"`
	Mode         shop.Mode         `json:"mode,omitempty"`
	Installments bool              `json:"installments,omitempty"`
	Minimum      money.Yen         `json:"installmentMinimum,omitempty"`
	Secure       shop.ThreeDSecure `json:"threeDSecure,omitempty"`
	Risk         money.Yen         `json:"riskAmount,omitempty"`
	NoCode       bool              `json:"noSecurityCode,omitempty"`
	Saving       shop.Saving       `json:"saving,omitempty"`
	Methods      []methodDoc       `json:"methods,omitempty"`
	Deliveries   []deliveryDoc     `json:"deliveries,omitempty"`
	Sender       senderDoc         `json:"sender,omitzero"`
	B2           b2Doc             `json:"b2,omitzero"`
	FeeRate      int               `json:"feeRate"`
	NoRegister   bool              `json:"noRegistration,omitempty"`
	Care         careDoc           `json:"care,omitzero"`
	Deposit      depositDoc        `json:"deposit,omitzero"`
}

type methodDoc struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Kind        string `json:"kind"`
	Stopped     bool   `json:"stopped,omitempty"`
}

type deliveryDoc struct {
	ID      string           `json:"id"`
	Name    string           `json:"name"`
	Carrier shipping.Carrier `json:"carrier"`
}

type senderDoc struct {
	Name          string `json:"name,omitempty"`
	NameKana      string `json:"nameKana,omitempty"`
	PostalCode    string `json:"postalCode,omitempty"`
	Address       string `json:"address,omitempty"`
	Building      string `json:"building,omitempty"`
	Phone         string `json:"phone,omitempty"`
	BillingCode   string `json:"billingCode,omitempty"`
	BillingClass  string `json:"billingClass,omitempty"`
	FreightNumber string `json:"freightNumber,omitempty"`
}

type b2Doc struct {
	Columns   int    `json:"columns,omitempty"`
	Header    bool   `json:"header,omitempty"`
	QuoteAll  bool   `json:"quoteAll,omitempty"`
	SlipType  string `json:"slipType,omitempty"`
	Registers bool   `json:"registers,omitempty"`
}

type careDoc struct {
	ConfirmMinutes  int             `json:"confirmMinutes,omitempty"`
	Orphans         shop.OrphanRule `json:"orphans,omitempty"`
	OrphanHours     int             `json:"orphanHours,omitempty"`
	ReauthorizeDays int             `json:"reauthorizeDays,omitempty"`
	SlipDays        int             `json:"slipDays,omitempty"`
	CorrectionLimit money.Yen       `json:"correctionLimit,omitempty"`
	RetentionDays   int             `json:"retentionDays,omitempty"`
}

type depositDoc struct {
	ClosingDays []int `json:"closingDays,omitempty"`
	PayDays     int   `json:"payDays,omitempty"`
}

type contractDoc struct {
	ID         string    `json:"id"`
	TraderCode string    `json:"traderCode"`
	AccessKey  []byte    `json:"accessKey,omitempty"` // encrypted
	Flags      []string  `json:"flags,omitempty"`
	Limit      money.Yen `json:"amountLimit,omitempty"`
	HoldDays   int       `json:"holdDays"`
}

type keyDoc struct {
	Hash        string           `json:"sha256"`
	Shop        shop.ID          `json:"shop"`
	Environment shop.Environment `json:"env"`
	Title       string           `json:"title,omitempty"`
	Scopes      []shop.Scope     `json:"scopes"`
	Created     time.Time        `json:"t"`
	Expires     time.Time        `json:"expires,omitzero"`
}

func tenantID(t shop.Tenant) string { return string(t.Environment) + "/" + string(t.Shop) }

// document makes a document of anything above.
func document(kind ledger.DocumentKind, id string, version int, at time.Time, body any) (ledger.Document, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return ledger.Document{}, fmt.Errorf("registry: %w", err)
	}
	return ledger.Document{DocumentName: ledger.DocumentName{Kind: kind, ID: id}, Version: version, Body: raw, Updated: at}, nil
}

func (t *tenant) document(of shop.Tenant) (ledger.Document, error) {
	s := &t.settings
	d := tenantDoc{
		Shop: of.Shop, Environment: of.Environment, Contract: t.contract, Name: t.name,
		Mode: s.Mode, Installments: s.Installments, Minimum: s.InstallmentMinimum, Secure: s.ThreeDSecure, Risk: s.RiskAmount,
		NoCode: s.NoSecurityCode, Saving: s.Saving, Sender: senderDoc(s.Sender), B2: b2Doc(s.B2), FeeRate: s.FeeRate, NoRegister: s.NoRegistration,
		Care: careDoc(s.Care), Deposit: depositDoc(s.Deposit),
	}
	for _, m := range s.Methods {
		d.Methods = append(d.Methods, methodDoc(m))
	}
	for _, m := range s.Deliveries {
		d.Deliveries = append(d.Deliveries, deliveryDoc(m))
	}
	return document(ledger.DocumentShop, tenantID(of), t.version, t.updated, &d)
}

func (d *tenantDoc) tenant(version int, updated time.Time) *tenant {
	t := &tenant{contract: d.Contract, name: d.Name, version: version, updated: updated, settings: shop.Settings{
		Mode: d.Mode, Installments: d.Installments, InstallmentMinimum: d.Minimum, ThreeDSecure: d.Secure, RiskAmount: d.Risk,
		NoSecurityCode: d.NoCode, Saving: d.Saving, Sender: shop.Sender(d.Sender), B2: shop.B2(d.B2), FeeRate: d.FeeRate, NoRegistration: d.NoRegister,
		Care: shop.Care(d.Care), Deposit: shop.Deposit(d.Deposit),
	}}
	for _, m := range d.Methods {
		t.settings.Methods = append(t.settings.Methods, shop.PaymentMethod(m))
	}
	for _, m := range d.Deliveries {
		t.settings.Deliveries = append(t.settings.Deliveries, shipping.Method(m))
	}
	return t
}

// document encrypts the access key on its way into the books.
func (c *contract) document(keys *Keys, at time.Time) (ledger.Document, error) {
	d := contractDoc{ID: c.ID, TraderCode: c.TraderCode, Flags: c.Flags.Names(), Limit: c.AmountLimit, HoldDays: c.HoldDays}
	if c.AccessKey != "" {
		var err error
		if d.AccessKey, err = keys.seal(c.ID, c.AccessKey); err != nil {
			return ledger.Document{}, err
		}
	}
	return document(ledger.DocumentContract, c.ID, c.version, at, &d)
}

func (k *key) document(at time.Time) (ledger.Document, error) {
	id := hex.EncodeToString(k.Hash[:])
	return document(ledger.DocumentKey, id, k.version, at, &keyDoc{
		Hash: id, Shop: k.tenant.Shop, Environment: k.tenant.Environment, Title: k.Title, Scopes: k.Scopes, Created: k.Created, Expires: k.Expires,
	})
}

// take reads a document into memory.
func (r *Registry) take(d *ledger.Document) error {
	unreadable := func(err error) error {
		return fmt.Errorf("registry: %s %q cannot be read: %w", d.Kind, d.ID, err)
	}
	switch d.Kind {
	case ledger.DocumentShop:
		var body tenantDoc
		if err := json.Unmarshal(d.Body, &body); err != nil {
			return unreadable(err)
		}
		r.tenants[shop.Tenant{Shop: body.Shop, Environment: body.Environment}] = body.tenant(d.Version, d.Updated)
	case ledger.DocumentContract:
		var body contractDoc
		if err := json.Unmarshal(d.Body, &body); err != nil {
			return unreadable(err)
		}
		c := &contract{Contract: shop.Contract{ID: body.ID, TraderCode: body.TraderCode, AmountLimit: body.Limit, HoldDays: body.HoldDays}, version: d.Version}
		for _, name := range body.Flags {
			if flag := c.Flags.Flag(name); flag != nil { // of a later version: what is not known is not allowed
				*flag = true
			}
		}
		var err error
		if c.AccessKey, err = r.o.Keys.open(body.ID, body.AccessKey); err != nil {
			return unreadable(err)
		}
		r.contracts[body.ID] = c
	case ledger.DocumentKey:
		var body keyDoc
		if err := json.Unmarshal(d.Body, &body); err != nil {
			return unreadable(err)
		}
		hash, err := hex.DecodeString(body.Hash)
		if err != nil || len(hash) != 32 {
			return unreadable(fmt.Errorf("%q is no hash", body.Hash))
		}
		k := &key{tenant: shop.Tenant{Shop: body.Shop, Environment: body.Environment}, version: d.Version}
		k.Key = Key{Hash: [32]byte(hash), Title: body.Title, Scopes: body.Scopes, Created: body.Created, Expires: body.Expires}
		r.keys[k.Hash] = k
	case ledger.DocumentEndpoints:
		if err := r.takeEndpoints(d); err != nil {
			return unreadable(err)
		}
	}
	return nil
}
