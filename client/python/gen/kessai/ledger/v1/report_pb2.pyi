from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DayClose(_message.Message):
    __slots__ = ("name", "closed", "opening_held", "opening_charged", "movements", "closing_held", "closing_charged", "journal_number", "seal")
    class Movement(_message.Message):
        __slots__ = ("kind", "count", "held", "charged")
        KIND_FIELD_NUMBER: _ClassVar[int]
        COUNT_FIELD_NUMBER: _ClassVar[int]
        HELD_FIELD_NUMBER: _ClassVar[int]
        CHARGED_FIELD_NUMBER: _ClassVar[int]
        kind: str
        count: int
        held: int
        charged: int
        def __init__(self, kind: _Optional[str] = ..., count: _Optional[int] = ..., held: _Optional[int] = ..., charged: _Optional[int] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    CLOSED_FIELD_NUMBER: _ClassVar[int]
    OPENING_HELD_FIELD_NUMBER: _ClassVar[int]
    OPENING_CHARGED_FIELD_NUMBER: _ClassVar[int]
    MOVEMENTS_FIELD_NUMBER: _ClassVar[int]
    CLOSING_HELD_FIELD_NUMBER: _ClassVar[int]
    CLOSING_CHARGED_FIELD_NUMBER: _ClassVar[int]
    JOURNAL_NUMBER_FIELD_NUMBER: _ClassVar[int]
    SEAL_FIELD_NUMBER: _ClassVar[int]
    name: str
    closed: bool
    opening_held: int
    opening_charged: int
    movements: _containers.RepeatedCompositeFieldContainer[DayClose.Movement]
    closing_held: int
    closing_charged: int
    journal_number: str
    seal: str
    def __init__(self, name: _Optional[str] = ..., closed: _Optional[bool] = ..., opening_held: _Optional[int] = ..., opening_charged: _Optional[int] = ..., movements: _Optional[_Iterable[_Union[DayClose.Movement, _Mapping]]] = ..., closing_held: _Optional[int] = ..., closing_charged: _Optional[int] = ..., journal_number: _Optional[str] = ..., seal: _Optional[str] = ...) -> None: ...

class Settlement(_message.Message):
    __slots__ = ("start_date", "end_date", "days", "total", "fee_rate")
    class Day(_message.Message):
        __slots__ = ("date", "count", "amount", "refunded", "fee", "net")
        DATE_FIELD_NUMBER: _ClassVar[int]
        COUNT_FIELD_NUMBER: _ClassVar[int]
        AMOUNT_FIELD_NUMBER: _ClassVar[int]
        REFUNDED_FIELD_NUMBER: _ClassVar[int]
        FEE_FIELD_NUMBER: _ClassVar[int]
        NET_FIELD_NUMBER: _ClassVar[int]
        date: str
        count: int
        amount: int
        refunded: int
        fee: int
        net: int
        def __init__(self, date: _Optional[str] = ..., count: _Optional[int] = ..., amount: _Optional[int] = ..., refunded: _Optional[int] = ..., fee: _Optional[int] = ..., net: _Optional[int] = ...) -> None: ...
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    FEE_RATE_FIELD_NUMBER: _ClassVar[int]
    start_date: str
    end_date: str
    days: _containers.RepeatedCompositeFieldContainer[Settlement.Day]
    total: Settlement.Day
    fee_rate: int
    def __init__(self, start_date: _Optional[str] = ..., end_date: _Optional[str] = ..., days: _Optional[_Iterable[_Union[Settlement.Day, _Mapping]]] = ..., total: _Optional[_Union[Settlement.Day, _Mapping]] = ..., fee_rate: _Optional[int] = ...) -> None: ...

class Deposit(_message.Message):
    __slots__ = ("date", "closing_date", "count", "amount", "fee", "net", "expected")
    DATE_FIELD_NUMBER: _ClassVar[int]
    CLOSING_DATE_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    FEE_FIELD_NUMBER: _ClassVar[int]
    NET_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_FIELD_NUMBER: _ClassVar[int]
    date: str
    closing_date: str
    count: int
    amount: int
    fee: int
    net: int
    expected: int
    def __init__(self, date: _Optional[str] = ..., closing_date: _Optional[str] = ..., count: _Optional[int] = ..., amount: _Optional[int] = ..., fee: _Optional[int] = ..., net: _Optional[int] = ..., expected: _Optional[int] = ...) -> None: ...

class StatementRow(_message.Message):
    __slots__ = ("line", "verdict", "acceptance_number", "payment", "statement_amount", "amount", "japanese", "english")
    LINE_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    ACCEPTANCE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    STATEMENT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    JAPANESE_FIELD_NUMBER: _ClassVar[int]
    ENGLISH_FIELD_NUMBER: _ClassVar[int]
    line: int
    verdict: str
    acceptance_number: str
    payment: str
    statement_amount: int
    amount: int
    japanese: str
    english: str
    def __init__(self, line: _Optional[int] = ..., verdict: _Optional[str] = ..., acceptance_number: _Optional[str] = ..., payment: _Optional[str] = ..., statement_amount: _Optional[int] = ..., amount: _Optional[int] = ..., japanese: _Optional[str] = ..., english: _Optional[str] = ...) -> None: ...
