import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from kessai.ledger.v1 import difference_pb2 as _difference_pb2
from kessai.ledger.v1 import hold_pb2 as _hold_pb2
from kessai.ledger.v1 import import_pb2 as _import_pb2
from kessai.ledger.v1 import orphan_pb2 as _orphan_pb2
from kessai.ledger.v1 import payment_error_pb2 as _payment_error_pb2
from kessai.ledger.v1 import report_pb2 as _report_pb2
from kessai.payment.v1 import payment_pb2 as _payment_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class VerifyLedgerRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class VerifyLedgerResponse(_message.Message):
    __slots__ = ("events", "events_total", "done", "faults", "head")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    EVENTS_TOTAL_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    FAULTS_FIELD_NUMBER: _ClassVar[int]
    HEAD_FIELD_NUMBER: _ClassVar[int]
    events: int
    events_total: int
    done: bool
    faults: _containers.RepeatedScalarFieldContainer[str]
    head: str
    def __init__(self, events: _Optional[int] = ..., events_total: _Optional[int] = ..., done: _Optional[bool] = ..., faults: _Optional[_Iterable[str]] = ..., head: _Optional[str] = ...) -> None: ...

class ListOrphansRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "verdict", "days", "acceptance_number")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    ACCEPTANCE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    verdict: str
    days: int
    acceptance_number: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., verdict: _Optional[str] = ..., days: _Optional[int] = ..., acceptance_number: _Optional[str] = ...) -> None: ...

class ListOrphansResponse(_message.Message):
    __slots__ = ("orphans", "next_page_token")
    ORPHANS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    orphans: _containers.RepeatedCompositeFieldContainer[_orphan_pb2.Orphan]
    next_page_token: str
    def __init__(self, orphans: _Optional[_Iterable[_Union[_orphan_pb2.Orphan, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListDifferencesRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDifferencesResponse(_message.Message):
    __slots__ = ("differences", "next_page_token")
    DIFFERENCES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    differences: _containers.RepeatedCompositeFieldContainer[_difference_pb2.Difference]
    next_page_token: str
    def __init__(self, differences: _Optional[_Iterable[_Union[_difference_pb2.Difference, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ResolveDifferenceRequest(_message.Message):
    __slots__ = ("name", "resolution", "note", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    resolution: str
    note: str
    etag: str
    def __init__(self, name: _Optional[str] = ..., resolution: _Optional[str] = ..., note: _Optional[str] = ..., etag: _Optional[str] = ...) -> None: ...

class ResolveDifferenceResponse(_message.Message):
    __slots__ = ("payment", "proposed")
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    proposed: bool
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ..., proposed: _Optional[bool] = ...) -> None: ...

class RunReconciliationRequest(_message.Message):
    __slots__ = ("sample", "cards")
    SAMPLE_FIELD_NUMBER: _ClassVar[int]
    CARDS_FIELD_NUMBER: _ClassVar[int]
    sample: int
    cards: bool
    def __init__(self, sample: _Optional[int] = ..., cards: _Optional[bool] = ...) -> None: ...

class RunReconciliationResponse(_message.Message):
    __slots__ = ("reconciliation", "total")
    RECONCILIATION_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    reconciliation: _difference_pb2.Reconciliation
    total: int
    def __init__(self, reconciliation: _Optional[_Union[_difference_pb2.Reconciliation, _Mapping]] = ..., total: _Optional[int] = ...) -> None: ...

class ListReconciliationsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListReconciliationsResponse(_message.Message):
    __slots__ = ("reconciliations", "next_page_token")
    RECONCILIATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    reconciliations: _containers.RepeatedCompositeFieldContainer[_difference_pb2.Reconciliation]
    next_page_token: str
    def __init__(self, reconciliations: _Optional[_Iterable[_Union[_difference_pb2.Reconciliation, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListPaymentErrorsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListPaymentErrorsResponse(_message.Message):
    __slots__ = ("errors", "next_page_token")
    ERRORS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    errors: _containers.RepeatedCompositeFieldContainer[_payment_error_pb2.PaymentError]
    next_page_token: str
    def __init__(self, errors: _Optional[_Iterable[_Union[_payment_error_pb2.PaymentError, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ExplainPaymentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ExplainPaymentResponse(_message.Message):
    __slots__ = ("explanation",)
    EXPLANATION_FIELD_NUMBER: _ClassVar[int]
    explanation: _payment_error_pb2.Explanation
    def __init__(self, explanation: _Optional[_Union[_payment_error_pb2.Explanation, _Mapping]] = ...) -> None: ...

class ListRecoveriesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListRecoveriesResponse(_message.Message):
    __slots__ = ("start_time", "recoveries")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    RECOVERIES_FIELD_NUMBER: _ClassVar[int]
    start_time: _timestamp_pb2.Timestamp
    recoveries: _containers.RepeatedCompositeFieldContainer[_payment_error_pb2.Recovery]
    def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., recoveries: _Optional[_Iterable[_Union[_payment_error_pb2.Recovery, _Mapping]]] = ...) -> None: ...

class ListHoldsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "days")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    days: int
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., days: _Optional[int] = ...) -> None: ...

class ListHoldsResponse(_message.Message):
    __slots__ = ("holds", "next_page_token")
    HOLDS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    holds: _containers.RepeatedCompositeFieldContainer[_hold_pb2.Hold]
    next_page_token: str
    def __init__(self, holds: _Optional[_Iterable[_Union[_hold_pb2.Hold, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ExportHoldCalendarRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ExportHoldCalendarResponse(_message.Message):
    __slots__ = ("content", "file_name")
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    file_name: str
    def __init__(self, content: _Optional[bytes] = ..., file_name: _Optional[str] = ...) -> None: ...

class GetDayCloseRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetDayCloseResponse(_message.Message):
    __slots__ = ("day_close",)
    DAY_CLOSE_FIELD_NUMBER: _ClassVar[int]
    day_close: _report_pb2.DayClose
    def __init__(self, day_close: _Optional[_Union[_report_pb2.DayClose, _Mapping]] = ...) -> None: ...

class ListDayClosesRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDayClosesResponse(_message.Message):
    __slots__ = ("day_closes", "next_page_token")
    DAY_CLOSES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    day_closes: _containers.RepeatedCompositeFieldContainer[_report_pb2.DayClose]
    next_page_token: str
    def __init__(self, day_closes: _Optional[_Iterable[_Union[_report_pb2.DayClose, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetSettlementRequest(_message.Message):
    __slots__ = ("start_date", "end_date")
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    start_date: str
    end_date: str
    def __init__(self, start_date: _Optional[str] = ..., end_date: _Optional[str] = ...) -> None: ...

class GetSettlementResponse(_message.Message):
    __slots__ = ("settlement",)
    SETTLEMENT_FIELD_NUMBER: _ClassVar[int]
    settlement: _report_pb2.Settlement
    def __init__(self, settlement: _Optional[_Union[_report_pb2.Settlement, _Mapping]] = ...) -> None: ...

class ExportSettlementRequest(_message.Message):
    __slots__ = ("start_date", "end_date")
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    start_date: str
    end_date: str
    def __init__(self, start_date: _Optional[str] = ..., end_date: _Optional[str] = ...) -> None: ...

class ExportSettlementResponse(_message.Message):
    __slots__ = ("content", "file_name")
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    FILE_NAME_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    file_name: str
    def __init__(self, content: _Optional[bytes] = ..., file_name: _Optional[str] = ...) -> None: ...

class ForecastDepositsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ForecastDepositsResponse(_message.Message):
    __slots__ = ("deposits",)
    DEPOSITS_FIELD_NUMBER: _ClassVar[int]
    deposits: _containers.RepeatedCompositeFieldContainer[_report_pb2.Deposit]
    def __init__(self, deposits: _Optional[_Iterable[_Union[_report_pb2.Deposit, _Mapping]]] = ...) -> None: ...

class MatchStatementRequest(_message.Message):
    __slots__ = ("content", "start_date", "end_date")
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    start_date: str
    end_date: str
    def __init__(self, content: _Optional[bytes] = ..., start_date: _Optional[str] = ..., end_date: _Optional[str] = ...) -> None: ...

class MatchStatementResponse(_message.Message):
    __slots__ = ("rows", "matched", "matched_amount", "unmatched_amount", "missing_amount")
    ROWS_FIELD_NUMBER: _ClassVar[int]
    MATCHED_FIELD_NUMBER: _ClassVar[int]
    MATCHED_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    UNMATCHED_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    MISSING_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    rows: _containers.RepeatedCompositeFieldContainer[_report_pb2.StatementRow]
    matched: int
    matched_amount: int
    unmatched_amount: int
    missing_amount: int
    def __init__(self, rows: _Optional[_Iterable[_Union[_report_pb2.StatementRow, _Mapping]]] = ..., matched: _Optional[int] = ..., matched_amount: _Optional[int] = ..., unmatched_amount: _Optional[int] = ..., missing_amount: _Optional[int] = ...) -> None: ...

class ImportOrdersRequest(_message.Message):
    __slots__ = ("content", "dry_run")
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    dry_run: bool
    def __init__(self, content: _Optional[bytes] = ..., dry_run: _Optional[bool] = ...) -> None: ...

class ImportOrdersResponse(_message.Message):
    __slots__ = ("orders", "imported", "differing", "quiet_days")
    ORDERS_FIELD_NUMBER: _ClassVar[int]
    IMPORTED_FIELD_NUMBER: _ClassVar[int]
    DIFFERING_FIELD_NUMBER: _ClassVar[int]
    QUIET_DAYS_FIELD_NUMBER: _ClassVar[int]
    orders: _containers.RepeatedCompositeFieldContainer[_import_pb2.ImportedOrder]
    imported: int
    differing: int
    quiet_days: int
    def __init__(self, orders: _Optional[_Iterable[_Union[_import_pb2.ImportedOrder, _Mapping]]] = ..., imported: _Optional[int] = ..., differing: _Optional[int] = ..., quiet_days: _Optional[int] = ...) -> None: ...
