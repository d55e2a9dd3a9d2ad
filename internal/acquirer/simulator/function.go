package simulator

// function is one of the protocol's calls.
type function struct {
	div     string // function_div
	path    string // name in the URL
	params  []param
	work    func(*call) result // nil: known to the protocol, not under contract (Z012000008)
	nightly bool               // closed from 23:00 to 01:00
	refused string             // errorCode that goes with a creditErrorCode
}

// functions is the protocol's table (protocol 1).
var functions []*function

var (
	functionByPath = map[string]*function{}
	functionByDiv  = map[string]*function{}
	knownDivs      = map[string]bool{}
)

// others are the functions of the protocol that this provider does not offer.
var others = []struct{ div, path string }{
	{"A02", "credit3D"},
	{"B01", "cvs1"},
	{"B02", "cvs2"},
	{"B03", "cvs3"},
	{"B04", "cvs3"},
	{"B05", "cvs3"},
	{"B06", "cvs3"},
	{"C01", "e_money1"},
	{"C02", "e_money2"},
	{"C03", "e_money3"},
	{"C04", "e_money4"},
	{"C05", "e_money5"},
	{"C06", "e_money6"},
	{"D01", "bank1"},
	{"F01", "authXp"},
	{"F02", "shipmentEntryXp"},
	{"F03", "shipmentCancelXp"},
	{"F04", "tradeInfoXp"},
	{"G01", "regular"},
	{"G02", "regular3D"},
	{"G03", "regularInfo"},
	{"G04", "regularUpdate"},
	{"G05", "regularDelete"},
	{"G06", "regularToken"},
	{"G07", "regularToken3D"},
	{"L01", "paypaySettle"},
	{"L02", "paypaySettleCancel"},
	{"L03", "paypayChangePrice"},
}

func init() {
	// The table refers to work, and work asks the table: hence not a literal.
	functions = []*function{
		{div: "A01", path: "credit", params: creditParams, work: credit, refused: "A012060001"},
		{div: "A03", path: "creditInfoGet", params: creditInfoGetParams, work: creditInfoGet},
		{div: "A04", path: "creditInfoUpdate", params: creditInfoUpdateParams, work: creditInfoUpdate, refused: "A044000001"},
		{div: "A05", path: "creditInfoDelete", params: creditInfoDeleteParams, work: creditInfoDelete},
		{div: "A06", path: "creditCancel", params: orderParams, work: creditCancel},
		{div: "A07", path: "creditChangePrice", params: changePriceParams, work: creditChangePrice, nightly: true, refused: "A076000001"},
		{div: "A08", path: "creditToken", params: creditTokenParams, work: creditToken, refused: "A082000010"},
		{div: "A09", path: "creditToken3D", params: creditToken3DParams, work: creditToken3D, refused: "A092000005"},
		{div: "A11", path: "reAuth", params: orderParams, work: reAuth, nightly: true, refused: "A112000004"},
		{div: "E01", path: "shipmentEntry", params: shipmentEntryParams, work: shipmentEntry},
		{div: "E02", path: "shipmentCancel", params: shipmentCancelParams, work: shipmentCancel},
		{div: "E03", path: "changeDate", params: changeDateParams, work: changeDate},
		{div: "E04", path: "tradeInfo", params: orderParams, work: tradeInfo},
		{div: "H01", path: "traderIp", work: traderIP},
	}
	for _, o := range others {
		functions = append(functions, &function{div: o.div, path: o.path})
	}
	for _, f := range functions {
		functionByPath[f.path] = f
		functionByDiv[f.div] = f
		knownDivs[f.div] = true
	}
}

// forced is the test environment's magic field: reserve_1 with an error code
// makes the gateway answer it (protocol 8). Anything else in the field is the
// name of a cart, and ignored.
func (c *call) forced() result {
	v := c.get("reserve_1")
	switch {
	case len(v) == 10 && upper(v[0]) && digits(v[1:]):
		r := result{code: v}
		if f := functionByDiv[v[:3]]; f != nil && f.refused == v || v == "A077000001" {
			r.credit = "G12"
		}
		return r
	case c.function.refused != "" && isCreditCode(v):
		return result{code: c.function.refused, credit: v}
	}
	return result{}
}

// isCreditCode reports whether v looks like a creditErrorCode: C or G and two
// digits, 999, or seven digits (protocol 7).
func isCreditCode(v string) bool {
	switch len(v) {
	case 3:
		return v == "999" || (v[0] == 'C' || v[0] == 'G') && digits(v[1:])
	case 7:
		return digits(v)
	}
	return false
}
