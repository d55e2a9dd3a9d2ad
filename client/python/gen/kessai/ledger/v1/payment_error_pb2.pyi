import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from kessai.payment.v1 import payment_pb2 as _payment_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PaymentError(_message.Message):
    __slots__ = ("payment", "sequence", "create_time", "order_number", "acceptance_number", "operation", "kind", "reason", "provider_code", "amount", "retry_safe", "japanese", "english", "resolved")
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    ACCEPTANCE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_CODE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    RETRY_SAFE_FIELD_NUMBER: _ClassVar[int]
    JAPANESE_FIELD_NUMBER: _ClassVar[int]
    ENGLISH_FIELD_NUMBER: _ClassVar[int]
    RESOLVED_FIELD_NUMBER: _ClassVar[int]
    payment: str
    sequence: int
    create_time: _timestamp_pb2.Timestamp
    order_number: str
    acceptance_number: str
    operation: _payment_pb2.Payment.Operation
    kind: str
    reason: str
    provider_code: str
    amount: int
    retry_safe: bool
    japanese: str
    english: str
    resolved: bool
    def __init__(self, payment: _Optional[str] = ..., sequence: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., order_number: _Optional[str] = ..., acceptance_number: _Optional[str] = ..., operation: _Optional[_Union[_payment_pb2.Payment.Operation, str]] = ..., kind: _Optional[str] = ..., reason: _Optional[str] = ..., provider_code: _Optional[str] = ..., amount: _Optional[int] = ..., retry_safe: _Optional[bool] = ..., japanese: _Optional[str] = ..., english: _Optional[str] = ..., resolved: _Optional[bool] = ...) -> None: ...

class Explanation(_message.Message):
    __slots__ = ("steps", "summary_japanese", "summary_english", "next_japanese", "next_english")
    class Step(_message.Message):
        __slots__ = ("sequence", "create_time", "actor", "japanese", "english", "cause", "unknown_seconds")
        SEQUENCE_FIELD_NUMBER: _ClassVar[int]
        CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
        ACTOR_FIELD_NUMBER: _ClassVar[int]
        JAPANESE_FIELD_NUMBER: _ClassVar[int]
        ENGLISH_FIELD_NUMBER: _ClassVar[int]
        CAUSE_FIELD_NUMBER: _ClassVar[int]
        UNKNOWN_SECONDS_FIELD_NUMBER: _ClassVar[int]
        sequence: int
        create_time: _timestamp_pb2.Timestamp
        actor: str
        japanese: str
        english: str
        cause: int
        unknown_seconds: int
        def __init__(self, sequence: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor: _Optional[str] = ..., japanese: _Optional[str] = ..., english: _Optional[str] = ..., cause: _Optional[int] = ..., unknown_seconds: _Optional[int] = ...) -> None: ...
    STEPS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_JAPANESE_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_ENGLISH_FIELD_NUMBER: _ClassVar[int]
    NEXT_JAPANESE_FIELD_NUMBER: _ClassVar[int]
    NEXT_ENGLISH_FIELD_NUMBER: _ClassVar[int]
    steps: _containers.RepeatedCompositeFieldContainer[Explanation.Step]
    summary_japanese: str
    summary_english: str
    next_japanese: str
    next_english: str
    def __init__(self, steps: _Optional[_Iterable[_Union[Explanation.Step, _Mapping]]] = ..., summary_japanese: _Optional[str] = ..., summary_english: _Optional[str] = ..., next_japanese: _Optional[str] = ..., next_english: _Optional[str] = ...) -> None: ...

class Recovery(_message.Message):
    __slots__ = ("payment", "order_number", "operation", "ask_time", "start_time", "outcome", "japanese", "english")
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    ASK_TIME_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    JAPANESE_FIELD_NUMBER: _ClassVar[int]
    ENGLISH_FIELD_NUMBER: _ClassVar[int]
    payment: str
    order_number: str
    operation: _payment_pb2.Payment.Operation
    ask_time: _timestamp_pb2.Timestamp
    start_time: _timestamp_pb2.Timestamp
    outcome: str
    japanese: str
    english: str
    def __init__(self, payment: _Optional[str] = ..., order_number: _Optional[str] = ..., operation: _Optional[_Union[_payment_pb2.Payment.Operation, str]] = ..., ask_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., outcome: _Optional[str] = ..., japanese: _Optional[str] = ..., english: _Optional[str] = ...) -> None: ...
