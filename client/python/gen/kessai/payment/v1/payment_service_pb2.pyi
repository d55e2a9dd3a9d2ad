from google.protobuf import any_pb2 as _any_pb2
from kessai.payment.v1 import payment_pb2 as _payment_pb2
from kessai.payment.v1 import payment_event_pb2 as _payment_event_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreatePaymentRequest(_message.Message):
    __slots__ = ("amount", "order_number", "card_token", "customer", "delivery_method", "capture_mode", "installment_count", "device", "card_hint", "return_uri", "order", "request_id", "card", "save_card", "ship_date")
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    CARD_TOKEN_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_MODE_FIELD_NUMBER: _ClassVar[int]
    INSTALLMENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    CARD_HINT_FIELD_NUMBER: _ClassVar[int]
    RETURN_URI_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CARD_FIELD_NUMBER: _ClassVar[int]
    SAVE_CARD_FIELD_NUMBER: _ClassVar[int]
    SHIP_DATE_FIELD_NUMBER: _ClassVar[int]
    amount: int
    order_number: str
    card_token: str
    customer: str
    delivery_method: str
    capture_mode: str
    installment_count: int
    device: str
    card_hint: _payment_pb2.CardSummary
    return_uri: str
    order: _payment_pb2.Order
    request_id: str
    card: str
    save_card: bool
    ship_date: str
    def __init__(self, amount: _Optional[int] = ..., order_number: _Optional[str] = ..., card_token: _Optional[str] = ..., customer: _Optional[str] = ..., delivery_method: _Optional[str] = ..., capture_mode: _Optional[str] = ..., installment_count: _Optional[int] = ..., device: _Optional[str] = ..., card_hint: _Optional[_Union[_payment_pb2.CardSummary, _Mapping]] = ..., return_uri: _Optional[str] = ..., order: _Optional[_Union[_payment_pb2.Order, _Mapping]] = ..., request_id: _Optional[str] = ..., card: _Optional[str] = ..., save_card: _Optional[bool] = ..., ship_date: _Optional[str] = ...) -> None: ...

class CreatePaymentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class ConfirmPaymentRequest(_message.Message):
    __slots__ = ("name", "card_token", "installment_count", "device", "card_hint", "request_id", "card", "save_card")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CARD_TOKEN_FIELD_NUMBER: _ClassVar[int]
    INSTALLMENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    CARD_HINT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CARD_FIELD_NUMBER: _ClassVar[int]
    SAVE_CARD_FIELD_NUMBER: _ClassVar[int]
    name: str
    card_token: str
    installment_count: int
    device: str
    card_hint: _payment_pb2.CardSummary
    request_id: str
    card: str
    save_card: bool
    def __init__(self, name: _Optional[str] = ..., card_token: _Optional[str] = ..., installment_count: _Optional[int] = ..., device: _Optional[str] = ..., card_hint: _Optional[_Union[_payment_pb2.CardSummary, _Mapping]] = ..., request_id: _Optional[str] = ..., card: _Optional[str] = ..., save_card: _Optional[bool] = ...) -> None: ...

class ConfirmPaymentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class GetPaymentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetPaymentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class ListPaymentsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListPaymentsResponse(_message.Message):
    __slots__ = ("payments", "next_page_token")
    PAYMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    payments: _containers.RepeatedCompositeFieldContainer[_payment_pb2.Payment]
    next_page_token: str
    def __init__(self, payments: _Optional[_Iterable[_Union[_payment_pb2.Payment, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListPaymentEventsRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ListPaymentEventsResponse(_message.Message):
    __slots__ = ("events",)
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_payment_event_pb2.PaymentEvent]
    def __init__(self, events: _Optional[_Iterable[_Union[_payment_event_pb2.PaymentEvent, _Mapping]]] = ...) -> None: ...

class CapturePaymentRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class CapturePaymentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class AdjustPaymentRequest(_message.Message):
    __slots__ = ("name", "amount", "etag", "allow_deferral", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    ALLOW_DEFERRAL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    amount: int
    etag: str
    allow_deferral: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., amount: _Optional[int] = ..., etag: _Optional[str] = ..., allow_deferral: _Optional[bool] = ..., request_id: _Optional[str] = ...) -> None: ...

class AdjustPaymentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class CancelPaymentRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class CancelPaymentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class ReauthorizePaymentRequest(_message.Message):
    __slots__ = ("name", "etag", "allow_deferral", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    ALLOW_DEFERRAL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    allow_deferral: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., allow_deferral: _Optional[bool] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReauthorizePaymentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class RefreshPaymentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class RefreshPaymentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class WatchPaymentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class WatchPaymentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class ClaimConversionRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ClaimConversionResponse(_message.Message):
    __slots__ = ("conversion", "already_claimed")
    CONVERSION_FIELD_NUMBER: _ClassVar[int]
    ALREADY_CLAIMED_FIELD_NUMBER: _ClassVar[int]
    conversion: _payment_pb2.Conversion
    already_claimed: bool
    def __init__(self, conversion: _Optional[_Union[_payment_pb2.Conversion, _Mapping]] = ..., already_claimed: _Optional[bool] = ...) -> None: ...

class ShipPaymentRequest(_message.Message):
    __slots__ = ("name", "shipment", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    shipment: _payment_pb2.Shipment
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., shipment: _Optional[_Union[_payment_pb2.Shipment, _Mapping]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ShipPaymentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class CorrectShipmentRequest(_message.Message):
    __slots__ = ("name", "shipment", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    shipment: _payment_pb2.Shipment
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., shipment: _Optional[_Union[_payment_pb2.Shipment, _Mapping]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class CorrectShipmentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class BatchShipPaymentsRequest(_message.Message):
    __slots__ = ("requests", "request_id")
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[BatchShipItem]
    request_id: str
    def __init__(self, requests: _Optional[_Iterable[_Union[BatchShipItem, _Mapping]]] = ..., request_id: _Optional[str] = ...) -> None: ...

class BatchShipItem(_message.Message):
    __slots__ = ("payment", "shipment")
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    SHIPMENT_FIELD_NUMBER: _ClassVar[int]
    payment: str
    shipment: _payment_pb2.Shipment
    def __init__(self, payment: _Optional[str] = ..., shipment: _Optional[_Union[_payment_pb2.Shipment, _Mapping]] = ...) -> None: ...

class BatchShipPaymentsResponse(_message.Message):
    __slots__ = ("results", "warnings")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchResult]
    warnings: _containers.RepeatedCompositeFieldContainer[SlipWarning]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchResult, _Mapping]]] = ..., warnings: _Optional[_Iterable[_Union[SlipWarning, _Mapping]]] = ...) -> None: ...

class BatchCancelPaymentsRequest(_message.Message):
    __slots__ = ("payments", "request_id")
    PAYMENTS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    payments: _containers.RepeatedScalarFieldContainer[str]
    request_id: str
    def __init__(self, payments: _Optional[_Iterable[str]] = ..., request_id: _Optional[str] = ...) -> None: ...

class BatchCancelPaymentsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchResult]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchResult, _Mapping]]] = ...) -> None: ...

class BatchReauthorizePaymentsRequest(_message.Message):
    __slots__ = ("payments", "allow_deferral", "request_id")
    PAYMENTS_FIELD_NUMBER: _ClassVar[int]
    ALLOW_DEFERRAL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    payments: _containers.RepeatedScalarFieldContainer[str]
    allow_deferral: bool
    request_id: str
    def __init__(self, payments: _Optional[_Iterable[str]] = ..., allow_deferral: _Optional[bool] = ..., request_id: _Optional[str] = ...) -> None: ...

class BatchReauthorizePaymentsResponse(_message.Message):
    __slots__ = ("results",)
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchResult]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchResult, _Mapping]]] = ...) -> None: ...

class BatchResult(_message.Message):
    __slots__ = ("payment", "error")
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    error: BatchError
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ..., error: _Optional[_Union[BatchError, _Mapping]] = ...) -> None: ...

class BatchError(_message.Message):
    __slots__ = ("code", "message", "details")
    CODE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    code: int
    message: str
    details: _containers.RepeatedCompositeFieldContainer[_any_pb2.Any]
    def __init__(self, code: _Optional[int] = ..., message: _Optional[str] = ..., details: _Optional[_Iterable[_Union[_any_pb2.Any, _Mapping]]] = ...) -> None: ...

class SlipWarning(_message.Message):
    __slots__ = ("kind", "places", "message", "message_ja", "suggestions")
    KIND_FIELD_NUMBER: _ClassVar[int]
    PLACES_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_JA_FIELD_NUMBER: _ClassVar[int]
    SUGGESTIONS_FIELD_NUMBER: _ClassVar[int]
    kind: str
    places: _containers.RepeatedScalarFieldContainer[int]
    message: str
    message_ja: str
    suggestions: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, kind: _Optional[str] = ..., places: _Optional[_Iterable[int]] = ..., message: _Optional[str] = ..., message_ja: _Optional[str] = ..., suggestions: _Optional[_Iterable[str]] = ...) -> None: ...

class RunBatchRequest(_message.Message):
    __slots__ = ("ship", "cancel", "reauthorize", "request_id")
    SHIP_FIELD_NUMBER: _ClassVar[int]
    CANCEL_FIELD_NUMBER: _ClassVar[int]
    REAUTHORIZE_FIELD_NUMBER: _ClassVar[int]
    IMPORT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    ship: BatchShipPaymentsRequest
    cancel: BatchCancelPaymentsRequest
    reauthorize: BatchReauthorizePaymentsRequest
    request_id: str
    def __init__(self, ship: _Optional[_Union[BatchShipPaymentsRequest, _Mapping]] = ..., cancel: _Optional[_Union[BatchCancelPaymentsRequest, _Mapping]] = ..., reauthorize: _Optional[_Union[BatchReauthorizePaymentsRequest, _Mapping]] = ..., request_id: _Optional[str] = ..., **kwargs) -> None: ...

class RunBatchResponse(_message.Message):
    __slots__ = ("done", "total", "index", "result", "row", "warnings")
    DONE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    ROW_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    done: int
    total: int
    index: int
    result: BatchResult
    row: ImportedRow
    warnings: _containers.RepeatedCompositeFieldContainer[SlipWarning]
    def __init__(self, done: _Optional[int] = ..., total: _Optional[int] = ..., index: _Optional[int] = ..., result: _Optional[_Union[BatchResult, _Mapping]] = ..., row: _Optional[_Union[ImportedRow, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[SlipWarning, _Mapping]]] = ...) -> None: ...

class ExportShipmentsRequest(_message.Message):
    __slots__ = ("filter", "ship_date")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    SHIP_DATE_FIELD_NUMBER: _ClassVar[int]
    filter: str
    ship_date: str
    def __init__(self, filter: _Optional[str] = ..., ship_date: _Optional[str] = ...) -> None: ...

class ExportShipmentsResponse(_message.Message):
    __slots__ = ("content", "row_count", "findings")
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    ROW_COUNT_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    row_count: int
    findings: _containers.RepeatedCompositeFieldContainer[ExportFinding]
    def __init__(self, content: _Optional[bytes] = ..., row_count: _Optional[int] = ..., findings: _Optional[_Iterable[_Union[ExportFinding, _Mapping]]] = ...) -> None: ...

class ExportFinding(_message.Message):
    __slots__ = ("payment", "order_number", "kind", "column", "message", "message_ja", "refused")
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    COLUMN_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_JA_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    payment: str
    order_number: str
    kind: str
    column: int
    message: str
    message_ja: str
    refused: bool
    def __init__(self, payment: _Optional[str] = ..., order_number: _Optional[str] = ..., kind: _Optional[str] = ..., column: _Optional[int] = ..., message: _Optional[str] = ..., message_ja: _Optional[str] = ..., refused: _Optional[bool] = ...) -> None: ...

class ImportShipmentsRequest(_message.Message):
    __slots__ = ("content", "dry_run")
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    dry_run: bool
    def __init__(self, content: _Optional[bytes] = ..., dry_run: _Optional[bool] = ...) -> None: ...

class ImportShipmentsResponse(_message.Message):
    __slots__ = ("rows", "counts", "warnings")
    ROWS_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    rows: _containers.RepeatedCompositeFieldContainer[ImportedRow]
    counts: _containers.RepeatedCompositeFieldContainer[VerdictCount]
    warnings: _containers.RepeatedCompositeFieldContainer[SlipWarning]
    def __init__(self, rows: _Optional[_Iterable[_Union[ImportedRow, _Mapping]]] = ..., counts: _Optional[_Iterable[_Union[VerdictCount, _Mapping]]] = ..., warnings: _Optional[_Iterable[_Union[SlipWarning, _Mapping]]] = ...) -> None: ...

class ImportedRow(_message.Message):
    __slots__ = ("line", "verdict", "reference", "payment", "slip_number", "message", "message_ja", "reason")
    LINE_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    SLIP_NUMBER_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_JA_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    line: int
    verdict: str
    reference: str
    payment: str
    slip_number: str
    message: str
    message_ja: str
    reason: str
    def __init__(self, line: _Optional[int] = ..., verdict: _Optional[str] = ..., reference: _Optional[str] = ..., payment: _Optional[str] = ..., slip_number: _Optional[str] = ..., message: _Optional[str] = ..., message_ja: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class VerdictCount(_message.Message):
    __slots__ = ("verdict", "count")
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    verdict: str
    count: int
    def __init__(self, verdict: _Optional[str] = ..., count: _Optional[int] = ...) -> None: ...

class ExportPaymentsRequest(_message.Message):
    __slots__ = ("filter", "lines")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    filter: str
    lines: bool
    def __init__(self, filter: _Optional[str] = ..., lines: _Optional[bool] = ...) -> None: ...

class ExportPaymentsResponse(_message.Message):
    __slots__ = ("content",)
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    def __init__(self, content: _Optional[bytes] = ...) -> None: ...

class UpdateOrderRequest(_message.Message):
    __slots__ = ("name", "state", "total", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: str
    total: int
    etag: str
    def __init__(self, name: _Optional[str] = ..., state: _Optional[str] = ..., total: _Optional[int] = ..., etag: _Optional[str] = ...) -> None: ...

class UpdateOrderResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class ReschedulePaymentRequest(_message.Message):
    __slots__ = ("name", "ship_date", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SHIP_DATE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    ship_date: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., ship_date: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReschedulePaymentResponse(_message.Message):
    __slots__ = ("payment",)
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ...) -> None: ...

class RegisterOrderRequest(_message.Message):
    __slots__ = ("name", "date_from", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DATE_FROM_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    date_from: str
    etag: str
    def __init__(self, name: _Optional[str] = ..., date_from: _Optional[str] = ..., etag: _Optional[str] = ...) -> None: ...

class RegisterOrderResponse(_message.Message):
    __slots__ = ("payment", "already_registered")
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    ALREADY_REGISTERED_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    already_registered: bool
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ..., already_registered: _Optional[bool] = ...) -> None: ...

class PreviewAdjustmentRequest(_message.Message):
    __slots__ = ("name", "amount")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    amount: int
    def __init__(self, name: _Optional[str] = ..., amount: _Optional[int] = ...) -> None: ...

class PreviewAdjustmentResponse(_message.Message):
    __slots__ = ("lines", "notes", "message_japanese", "message_english")
    class StatementLine(_message.Message):
        __slots__ = ("amount", "kind", "date")
        AMOUNT_FIELD_NUMBER: _ClassVar[int]
        KIND_FIELD_NUMBER: _ClassVar[int]
        DATE_FIELD_NUMBER: _ClassVar[int]
        amount: int
        kind: str
        date: str
        def __init__(self, amount: _Optional[int] = ..., kind: _Optional[str] = ..., date: _Optional[str] = ...) -> None: ...
    class StatementNote(_message.Message):
        __slots__ = ("reason", "japanese", "english")
        REASON_FIELD_NUMBER: _ClassVar[int]
        JAPANESE_FIELD_NUMBER: _ClassVar[int]
        ENGLISH_FIELD_NUMBER: _ClassVar[int]
        reason: str
        japanese: str
        english: str
        def __init__(self, reason: _Optional[str] = ..., japanese: _Optional[str] = ..., english: _Optional[str] = ...) -> None: ...
    LINES_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_JAPANESE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ENGLISH_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[PreviewAdjustmentResponse.StatementLine]
    notes: _containers.RepeatedCompositeFieldContainer[PreviewAdjustmentResponse.StatementNote]
    message_japanese: str
    message_english: str
    def __init__(self, lines: _Optional[_Iterable[_Union[PreviewAdjustmentResponse.StatementLine, _Mapping]]] = ..., notes: _Optional[_Iterable[_Union[PreviewAdjustmentResponse.StatementNote, _Mapping]]] = ..., message_japanese: _Optional[str] = ..., message_english: _Optional[str] = ...) -> None: ...
