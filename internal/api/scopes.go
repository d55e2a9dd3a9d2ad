package api

import (
	"fmt"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	eventv1 "kessai.dev/kessai/gen/kessai/event/v1"
	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
	"kessai.dev/kessai/internal/api/rpcbridge"
	"kessai.dev/kessai/internal/shop"
)

// access is who may call a method, and what the call must bring.
type access struct {
	scope    shop.Scope // a key needs this scope
	secret   bool       // the payment's client secret will do, too
	public   bool       // anybody, without a key
	movesKey bool       // it moves money: an idempotency key is needed

	// needs says which of scope and other a request needs, once it is read;
	// nil: always scope. Until then either lets its key in.
	needs func(proto.Message) shop.Scope
	other shop.Scope
}

// scopes is the whole table: a method that is not in it is not served (P88).
var scopes = map[string]access{
	paymentv1.PaymentService_CreatePayment_FullMethodName:            {scope: shop.Storefront, movesKey: true},
	paymentv1.PaymentService_ConfirmPayment_FullMethodName:           {scope: shop.Storefront, movesKey: true, secret: true},
	paymentv1.PaymentService_GetPayment_FullMethodName:               {scope: shop.Storefront, secret: true},
	paymentv1.PaymentService_ListPayments_FullMethodName:             {scope: shop.Storefront},
	paymentv1.PaymentService_ListPaymentEvents_FullMethodName:        {scope: shop.Storefront},
	paymentv1.PaymentService_CapturePayment_FullMethodName:           {scope: shop.Storefront, movesKey: true},
	paymentv1.PaymentService_AdjustPayment_FullMethodName:            {scope: shop.Storefront, movesKey: true},
	paymentv1.PaymentService_CancelPayment_FullMethodName:            {scope: shop.Storefront, movesKey: true},
	paymentv1.PaymentService_ReauthorizePayment_FullMethodName:       {scope: shop.Storefront, movesKey: true},
	paymentv1.PaymentService_ShipPayment_FullMethodName:              {scope: shop.Shipping, movesKey: true},
	paymentv1.PaymentService_CorrectShipment_FullMethodName:          {scope: shop.Shipping, movesKey: true},
	paymentv1.PaymentService_RefreshPayment_FullMethodName:           {scope: shop.Storefront},
	paymentv1.PaymentService_ClaimConversion_FullMethodName:          {scope: shop.Storefront, secret: true},
	paymentv1.PaymentService_WatchPayment_FullMethodName:             {scope: shop.Storefront, secret: true},
	paymentv1.PaymentService_BatchShipPayments_FullMethodName:        {scope: shop.Shipping, movesKey: true},
	paymentv1.PaymentService_BatchCancelPayments_FullMethodName:      {scope: shop.Storefront, movesKey: true},
	paymentv1.PaymentService_BatchReauthorizePayments_FullMethodName: {scope: shop.Storefront, movesKey: true},
	paymentv1.PaymentService_RunBatch_FullMethodName:                 {scope: shop.Shipping, other: shop.Storefront, needs: runBatchScope, movesKey: true},
	paymentv1.PaymentService_ExportShipments_FullMethodName:          {scope: shop.Shipping},
	paymentv1.PaymentService_ImportShipments_FullMethodName:          {scope: shop.Shipping},
	paymentv1.PaymentService_ExportPayments_FullMethodName:           {scope: shop.Storefront},
	paymentv1.PaymentService_UpdateOrder_FullMethodName:              {scope: shop.Storefront},
	paymentv1.PaymentService_ReschedulePayment_FullMethodName:        {scope: shop.Shipping, movesKey: true},
	vaultv1.VaultService_CreateCardEntry_FullMethodName:              {scope: shop.Storefront, secret: true},
	vaultv1.VaultService_ListInstallmentOptions_FullMethodName:       {scope: shop.Storefront, secret: true},
	vaultv1.VaultService_CreateCard_FullMethodName:                   {scope: shop.Storefront, movesKey: true},
	vaultv1.VaultService_GetCard_FullMethodName:                      {scope: shop.Storefront},
	vaultv1.VaultService_ListCards_FullMethodName:                    {scope: shop.Storefront},
	vaultv1.VaultService_UpdateCard_FullMethodName:                   {scope: shop.Storefront},
	vaultv1.VaultService_DeleteCard_FullMethodName:                   {scope: shop.Operator}, // R38, P57
	shopv1.ShopService_GetSettings_FullMethodName:                    {scope: shop.Operator},
	shopv1.ShopService_UpdateSettings_FullMethodName:                 {scope: shop.Operator},
	shopv1.ShopService_ListContracts_FullMethodName:                  {scope: shop.Operator},
	shopv1.ShopService_UpdateContract_FullMethodName:                 {scope: shop.Operator},
	shopv1.ShopService_ListPaymentMethods_FullMethodName:             {scope: shop.Operator},
	shopv1.ShopService_CreatePaymentMethod_FullMethodName:            {scope: shop.Operator},
	shopv1.ShopService_UpdatePaymentMethod_FullMethodName:            {scope: shop.Operator},
	shopv1.ShopService_OrderPaymentMethods_FullMethodName:            {scope: shop.Operator},
	shopv1.ShopService_DeletePaymentMethod_FullMethodName:            {scope: shop.Operator},
	shopv1.ShopService_ListDeliveryMethods_FullMethodName:            {scope: shop.Operator},
	shopv1.ShopService_CreateDeliveryMethod_FullMethodName:           {scope: shop.Operator},
	shopv1.ShopService_UpdateDeliveryMethod_FullMethodName:           {scope: shop.Operator},
	shopv1.ShopService_DeleteDeliveryMethod_FullMethodName:           {scope: shop.Operator},
	shopv1.ShopService_ListAccessKeys_FullMethodName:                 {scope: shop.Operator},
	shopv1.ShopService_CreateAccessKey_FullMethodName:                {scope: shop.Operator},
	shopv1.ShopService_ExpireAccessKey_FullMethodName:                {scope: shop.Operator},
	shopv1.ShopService_ListChanges_FullMethodName:                    {scope: shop.Operator},
	shopv1.ShopService_RunConnectionTest_FullMethodName:              {scope: shop.Operator, movesKey: true},
	paymentv1.PaymentService_RegisterOrder_FullMethodName:            {scope: shop.Operator},
	paymentv1.PaymentService_PreviewAdjustment_FullMethodName:        {scope: shop.Storefront},
	shopv1.ShopService_ListWebhookEndpoints_FullMethodName:           {scope: shop.Operator},
	shopv1.ShopService_CreateWebhookEndpoint_FullMethodName:          {scope: shop.Operator},
	shopv1.ShopService_UpdateWebhookEndpoint_FullMethodName:          {scope: shop.Operator},
	shopv1.ShopService_DeleteWebhookEndpoint_FullMethodName:          {scope: shop.Operator},
	shopv1.ShopService_RotateWebhookSecret_FullMethodName:            {scope: shop.Operator},
	shopv1.ShopService_TestWebhookEndpoint_FullMethodName:            {scope: shop.Operator},
	shopv1.ShopService_ListWebhookDeliveries_FullMethodName:          {scope: shop.Operator},
	shopv1.ShopService_ReplayWebhookEvents_FullMethodName:            {scope: shop.Operator},
	eventv1.EventService_ListEvents_FullMethodName:                   {scope: shop.Storefront},
	eventv1.EventService_WatchEvents_FullMethodName:                  {scope: shop.Storefront},
	ledgerv1.LedgerService_VerifyLedger_FullMethodName:               {scope: shop.Operator},
	ledgerv1.LedgerService_ListOrphans_FullMethodName:                {scope: shop.Operator},
	ledgerv1.LedgerService_ListDifferences_FullMethodName:            {scope: shop.Operator},
	ledgerv1.LedgerService_ResolveDifference_FullMethodName:          {scope: shop.Operator},
	ledgerv1.LedgerService_RunReconciliation_FullMethodName:          {scope: shop.Operator},
	ledgerv1.LedgerService_ListReconciliations_FullMethodName:        {scope: shop.Operator},
	ledgerv1.LedgerService_ListPaymentErrors_FullMethodName:          {scope: shop.Operator},
	ledgerv1.LedgerService_ExplainPayment_FullMethodName:             {scope: shop.Operator},
	ledgerv1.LedgerService_ListRecoveries_FullMethodName:             {scope: shop.Operator},
	ledgerv1.LedgerService_ListHolds_FullMethodName:                  {scope: shop.Operator},
	ledgerv1.LedgerService_ExportHoldCalendar_FullMethodName:         {scope: shop.Operator},
	ledgerv1.LedgerService_GetDayClose_FullMethodName:                {scope: shop.Operator},
	ledgerv1.LedgerService_ListDayCloses_FullMethodName:              {scope: shop.Operator},
	ledgerv1.LedgerService_GetSettlement_FullMethodName:              {scope: shop.Operator},
	ledgerv1.LedgerService_ExportSettlement_FullMethodName:           {scope: shop.Operator},
	ledgerv1.LedgerService_ForecastDeposits_FullMethodName:           {scope: shop.Operator},
	ledgerv1.LedgerService_MatchStatement_FullMethodName:             {scope: shop.Operator},
	ledgerv1.LedgerService_ImportOrders_FullMethodName:               {scope: shop.Operator},
	"/grpc.health.v1.Health/Check":                                   {public: true},
	"/grpc.health.v1.Health/List":                                    {public: true},
	"/grpc.health.v1.Health/Watch":                                   {public: true},
}

// checkScopes finds methods of a service that have no row.
func checkScopes(desc *grpc.ServiceDesc) error {
	for _, n := range methodNames(desc) {
		row, ok := scopes[rpcbridge.FullMethod(desc.ServiceName, n)]
		if !ok || !row.public && row.scope == "" {
			return fmt.Errorf("api: %s.%s declares no scope", desc.ServiceName, n)
		}
	}
	return nil
}

// admits says whether the caller may use the method.
func (r access) admits(who principal) error {
	if who.secret != "" {
		if r.secret {
			return nil
		}
		return scopeMissing("a client secret may confirm, read and watch its own payment, ask how to make a token for it, and claim its conversion, only")
	}
	switch {
	case who.key.Has(r.scope), r.needs != nil && who.key.Has(r.other):
		return nil
	case r.needs != nil:
		return scopeMissing("the key needs the scope " + string(r.scope) + " or " + string(r.other) + ", by what is asked")
	}
	return scopeMissing("the key needs the scope " + string(r.scope))
}

// admitsMessage says it again once the request is read, where the scope goes by
// what it asks for.
func (r access) admitsMessage(who principal, m proto.Message) error {
	if r.needs == nil {
		return nil
	}
	if scope := r.needs(m); !who.key.Has(scope) {
		return scopeMissing("the key needs the scope " + string(scope) + " for this batch")
	}
	return nil
}

// runBatchScope is that of the call that a RunBatch stands for.
func runBatchScope(m proto.Message) shop.Scope {
	r, _ := m.(*paymentv1.RunBatchRequest)
	if r.GetCancel() != nil || r.GetReauthorize() != nil {
		return shop.Storefront
	}
	return shop.Shipping
}
