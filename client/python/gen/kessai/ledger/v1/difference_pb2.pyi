import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from kessai.payment.v1 import payment_pb2 as _payment_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Difference(_message.Message):
    __slots__ = ("name", "payment", "reason", "cause", "proposal", "japanese", "english", "amount", "needs_two", "find_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    PROPOSAL_FIELD_NUMBER: _ClassVar[int]
    JAPANESE_FIELD_NUMBER: _ClassVar[int]
    ENGLISH_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    NEEDS_TWO_FIELD_NUMBER: _ClassVar[int]
    FIND_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    payment: _payment_pb2.Payment
    reason: str
    cause: str
    proposal: str
    japanese: str
    english: str
    amount: int
    needs_two: bool
    find_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ..., reason: _Optional[str] = ..., cause: _Optional[str] = ..., proposal: _Optional[str] = ..., japanese: _Optional[str] = ..., english: _Optional[str] = ..., amount: _Optional[int] = ..., needs_two: _Optional[bool] = ..., find_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Reconciliation(_message.Message):
    __slots__ = ("name", "start_time", "end_time", "actor", "asked", "failed", "settled", "differences", "cleared", "cards")
    NAME_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    ASKED_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCES_FIELD_NUMBER: _ClassVar[int]
    CLEARED_FIELD_NUMBER: _ClassVar[int]
    CARDS_FIELD_NUMBER: _ClassVar[int]
    name: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    actor: str
    asked: int
    failed: int
    settled: int
    differences: int
    cleared: int
    cards: int
    def __init__(self, name: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor: _Optional[str] = ..., asked: _Optional[int] = ..., failed: _Optional[int] = ..., settled: _Optional[int] = ..., differences: _Optional[int] = ..., cleared: _Optional[int] = ..., cards: _Optional[int] = ...) -> None: ...
