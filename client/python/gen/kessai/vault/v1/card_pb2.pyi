import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from kessai.payment.v1 import payment_pb2 as _payment_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Card(_message.Message):
    __slots__ = ("name", "state", "brand", "last_four", "expiry", "expired", "registration", "authentication", "decline", "create_time", "update_time")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Card.State]
        STATE_PENDING: _ClassVar[Card.State]
        STATE_ACTIVE: _ClassVar[Card.State]
        STATE_FAILED: _ClassVar[Card.State]
        STATE_REMOVED: _ClassVar[Card.State]
    STATE_UNSPECIFIED: Card.State
    STATE_PENDING: Card.State
    STATE_ACTIVE: Card.State
    STATE_FAILED: Card.State
    STATE_REMOVED: Card.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    BRAND_FIELD_NUMBER: _ClassVar[int]
    LAST_FOUR_FIELD_NUMBER: _ClassVar[int]
    EXPIRY_FIELD_NUMBER: _ClassVar[int]
    EXPIRED_FIELD_NUMBER: _ClassVar[int]
    REGISTRATION_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_FIELD_NUMBER: _ClassVar[int]
    DECLINE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    state: Card.State
    brand: str
    last_four: str
    expiry: str
    expired: bool
    registration: str
    authentication: _payment_pb2.Authentication
    decline: _payment_pb2.Decline
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., state: _Optional[_Union[Card.State, str]] = ..., brand: _Optional[str] = ..., last_four: _Optional[str] = ..., expiry: _Optional[str] = ..., expired: _Optional[bool] = ..., registration: _Optional[str] = ..., authentication: _Optional[_Union[_payment_pb2.Authentication, _Mapping]] = ..., decline: _Optional[_Union[_payment_pb2.Decline, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
