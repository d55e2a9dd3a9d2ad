package main

import (
	"github.com/microcosm-cc/bluemonday"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// settingsFile is a shop's own choices in the config file.
type settingsFile struct {
	CaptureMode        shop.Mode         `json:"captureMode"`
	Installments       bool              `json:"installments"`
	InstallmentMinimum money.Yen         `json:"installmentMinimum"`
	ThreeDSecure       shop.ThreeDSecure `json:"threeDSecure"`
	RiskAmount         money.Yen         `json:"riskAmount"`
	SecurityCode       *bool             `json:"securityCode"` // absent: it is asked for (R14)
	CardOnFile         shop.Saving       `json:"cardOnFile"`
	Methods            []methodFile      `json:"paymentMethods"`
	Deliveries         []deliveryFile    `json:"deliveryMethods"`
}

type methodFile struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"` // HTML
	Kind        string `json:"kind"`
	Stopped     bool   `json:"stopped"`
}

type deliveryFile struct {
	ID      string           `json:"id"`
	Name    string           `json:"name"`
	Carrier shipping.Carrier `json:"carrier"`
}

// describes is what a description may hold: text with emphasis, lists and links
// that open elsewhere and tell nothing. Whatever else is in it is taken out
// (R20).
var describes = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "b", "strong", "i", "em", "small", "ul", "ol", "li")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("https")
	p.AddTargetBlankToFullyQualifiedLinks(true)
	p.RequireNoReferrerOnLinks(true)
	return p
}()

func (f *settingsFile) settings() shop.Settings {
	s := shop.Settings{
		Mode: f.CaptureMode, Installments: f.Installments, InstallmentMinimum: f.InstallmentMinimum,
		ThreeDSecure: f.ThreeDSecure, RiskAmount: f.RiskAmount, NoSecurityCode: f.SecurityCode != nil && !*f.SecurityCode, Saving: f.CardOnFile,
	}
	for _, m := range f.Methods {
		s.Methods = append(s.Methods, shop.PaymentMethod{
			ID: m.ID, Name: m.Name, Description: describes.Sanitize(m.Description), Kind: m.Kind, Stopped: m.Stopped,
		})
	}
	for _, m := range f.Deliveries {
		s.Deliveries = append(s.Deliveries, shipping.Method(m))
	}
	return s
}
