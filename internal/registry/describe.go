package registry

import "github.com/microcosm-cc/bluemonday"

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

// Describe takes out of a description's HTML whatever could do harm (R20).
func Describe(html string) string { return describes.Sanitize(html) }
