import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from kessai.payment.v1 import payment_pb2 as _payment_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PaymentEvent(_message.Message):
    __slots__ = ("sequence", "type", "create_time", "acceptance_number", "operation", "amount", "approval_number", "reason", "provider_code", "actor", "slip_number", "order_state", "order_total", "ship_date", "difference", "order_time", "days", "note")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ACCEPTANCE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    APPROVAL_NUMBER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_CODE_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    SLIP_NUMBER_FIELD_NUMBER: _ClassVar[int]
    ORDER_STATE_FIELD_NUMBER: _ClassVar[int]
    ORDER_TOTAL_FIELD_NUMBER: _ClassVar[int]
    SHIP_DATE_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    ORDER_TIME_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    type: str
    create_time: _timestamp_pb2.Timestamp
    acceptance_number: str
    operation: _payment_pb2.Payment.Operation
    amount: int
    approval_number: str
    reason: str
    provider_code: str
    actor: str
    slip_number: str
    order_state: str
    order_total: int
    ship_date: str
    difference: _payment_pb2.Difference
    order_time: _timestamp_pb2.Timestamp
    days: int
    note: str
    def __init__(self, sequence: _Optional[int] = ..., type: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., acceptance_number: _Optional[str] = ..., operation: _Optional[_Union[_payment_pb2.Payment.Operation, str]] = ..., amount: _Optional[int] = ..., approval_number: _Optional[str] = ..., reason: _Optional[str] = ..., provider_code: _Optional[str] = ..., actor: _Optional[str] = ..., slip_number: _Optional[str] = ..., order_state: _Optional[str] = ..., order_total: _Optional[int] = ..., ship_date: _Optional[str] = ..., difference: _Optional[_Union[_payment_pb2.Difference, _Mapping]] = ..., order_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., days: _Optional[int] = ..., note: _Optional[str] = ...) -> None: ...
