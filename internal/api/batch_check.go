package api

import (
	"fmt"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/bulk"
)

// batchShip checks the form of a batch that ships. What has no form refuses the
// batch whole, before anything begins; what a payment does not allow is its own
// item's error.
func (k *checker) batchShip(at string, r *paymentv1.BatchShipPaymentsRequest) {
	items := r.GetRequests()
	if !k.batchSize(at+"requests", len(items)) {
		return
	}
	names := make([]string, len(items))
	for i, item := range items {
		names[i] = item.GetPayment()
		if item.GetShipment() != nil {
			k.shipment(fmt.Sprintf("%srequests[%d].shipment", at, i), item.GetShipment())
		}
	}
	k.once(at+"requests[%d].payment", names)
}

// batchOf checks a batch of bare names.
func (k *checker) batchOf(at string, names []string) {
	if k.batchSize(at+"payments", len(names)) {
		k.once(at+"payments[%d]", names)
	}
}

func (k *checker) batchSize(field string, n int) bool {
	k.when(n < 1 || n > bulk.MaxItems, field, "must be 1 to 1,000")
	return n >= 1 && n <= bulk.MaxItems
}

// maxFaults is how many payments of a batch are named as missing or doubled.
const maxFaults = 20

// once wants a name everywhere, and none twice: which of two is meant only the
// caller knows.
func (k *checker) once(field string, names []string) {
	at, faults := map[string]int{}, 0
	for i, name := range names {
		first, twice := at[name]
		switch {
		case name == "":
			k.name(fmt.Sprintf(field, i), "")
		case twice:
			k.fail(fmt.Sprintf(field, i), "is the same payment as "+fmt.Sprintf(field, first)+": name it once")
		default:
			at[name] = i
			continue
		}
		if faults++; faults == maxFaults {
			return
		}
	}
}

// runBatch checks the one batch of a RunBatch. One key stands for all of it.
func (k *checker) runBatch(r *paymentv1.RunBatchRequest) {
	nested := ""
	switch b := r.GetBatch().(type) {
	case *paymentv1.RunBatchRequest_Ship:
		nested = b.Ship.GetRequestId()
		k.batchShip("ship.", b.Ship)
	case *paymentv1.RunBatchRequest_Cancel:
		nested = b.Cancel.GetRequestId()
		k.batchOf("cancel.", b.Cancel.GetPayments())
	case *paymentv1.RunBatchRequest_Reauthorize:
		nested = b.Reauthorize.GetRequestId()
		k.batchOf("reauthorize.", b.Reauthorize.GetPayments())
	case *paymentv1.RunBatchRequest_Import:
	default:
		k.fail("batch", "is needed: ship, cancel, reauthorize or import")
	}
	k.when(nested != "" && nested != r.GetRequestId(), "request_id", "must be the batch's own: leave it out inside")
}
