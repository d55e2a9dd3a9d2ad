import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from kessai.payment.v1 import payment_pb2 as _payment_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Orphan(_message.Message):
    __slots__ = ("payment", "verdict", "proposal", "japanese", "english", "rule_time")
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    PROPOSAL_FIELD_NUMBER: _ClassVar[int]
    JAPANESE_FIELD_NUMBER: _ClassVar[int]
    ENGLISH_FIELD_NUMBER: _ClassVar[int]
    RULE_TIME_FIELD_NUMBER: _ClassVar[int]
    payment: _payment_pb2.Payment
    verdict: str
    proposal: str
    japanese: str
    english: str
    rule_time: _timestamp_pb2.Timestamp
    def __init__(self, payment: _Optional[_Union[_payment_pb2.Payment, _Mapping]] = ..., verdict: _Optional[str] = ..., proposal: _Optional[str] = ..., japanese: _Optional[str] = ..., english: _Optional[str] = ..., rule_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
