import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class WebhookEndpoint(_message.Message):
    __slots__ = ("name", "uri", "title", "types", "set_types", "stopped", "secret", "secret_overlap_time", "health", "create_time")
    class Health(_message.Message):
        __slots__ = ("state", "last_success_time", "last_failure_time", "last_failure", "waiting", "dead")
        STATE_FIELD_NUMBER: _ClassVar[int]
        LAST_SUCCESS_TIME_FIELD_NUMBER: _ClassVar[int]
        LAST_FAILURE_TIME_FIELD_NUMBER: _ClassVar[int]
        LAST_FAILURE_FIELD_NUMBER: _ClassVar[int]
        WAITING_FIELD_NUMBER: _ClassVar[int]
        DEAD_FIELD_NUMBER: _ClassVar[int]
        state: str
        last_success_time: _timestamp_pb2.Timestamp
        last_failure_time: _timestamp_pb2.Timestamp
        last_failure: str
        waiting: int
        dead: int
        def __init__(self, state: _Optional[str] = ..., last_success_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_failure_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_failure: _Optional[str] = ..., waiting: _Optional[int] = ..., dead: _Optional[int] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    URI_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    SET_TYPES_FIELD_NUMBER: _ClassVar[int]
    STOPPED_FIELD_NUMBER: _ClassVar[int]
    SECRET_FIELD_NUMBER: _ClassVar[int]
    SECRET_OVERLAP_TIME_FIELD_NUMBER: _ClassVar[int]
    HEALTH_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    uri: str
    title: str
    types: _containers.RepeatedScalarFieldContainer[str]
    set_types: bool
    stopped: bool
    secret: str
    secret_overlap_time: _timestamp_pb2.Timestamp
    health: WebhookEndpoint.Health
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., uri: _Optional[str] = ..., title: _Optional[str] = ..., types: _Optional[_Iterable[str]] = ..., set_types: _Optional[bool] = ..., stopped: _Optional[bool] = ..., secret: _Optional[str] = ..., secret_overlap_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., health: _Optional[_Union[WebhookEndpoint.Health, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class WebhookDelivery(_message.Message):
    __slots__ = ("name", "event", "type", "state", "tries", "status", "failure", "next_time", "event_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TRIES_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    NEXT_TIME_FIELD_NUMBER: _ClassVar[int]
    EVENT_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    event: str
    type: str
    state: str
    tries: int
    status: int
    failure: str
    next_time: _timestamp_pb2.Timestamp
    event_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., event: _Optional[str] = ..., type: _Optional[str] = ..., state: _Optional[str] = ..., tries: _Optional[int] = ..., status: _Optional[int] = ..., failure: _Optional[str] = ..., next_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., event_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
