import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Hold(_message.Message):
    __slots__ = ("payment", "order_number", "amount", "expire_time", "days_left", "reauthorize_time", "risks", "liability", "message_japanese", "message_english")
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    DAYS_LEFT_FIELD_NUMBER: _ClassVar[int]
    REAUTHORIZE_TIME_FIELD_NUMBER: _ClassVar[int]
    RISKS_FIELD_NUMBER: _ClassVar[int]
    LIABILITY_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_JAPANESE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ENGLISH_FIELD_NUMBER: _ClassVar[int]
    payment: str
    order_number: str
    amount: int
    expire_time: _timestamp_pb2.Timestamp
    days_left: int
    reauthorize_time: _timestamp_pb2.Timestamp
    risks: _containers.RepeatedScalarFieldContainer[str]
    liability: str
    message_japanese: str
    message_english: str
    def __init__(self, payment: _Optional[str] = ..., order_number: _Optional[str] = ..., amount: _Optional[int] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., days_left: _Optional[int] = ..., reauthorize_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., risks: _Optional[_Iterable[str]] = ..., liability: _Optional[str] = ..., message_japanese: _Optional[str] = ..., message_english: _Optional[str] = ...) -> None: ...
