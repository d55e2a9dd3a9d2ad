import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Settings(_message.Message):
    __slots__ = ("shop_name", "capture_mode", "three_d_secure", "risk_amount", "security_code", "card_on_file", "installments", "installment_minimum", "fee_rate", "order_registration", "sender", "b2", "etag", "update_time", "care", "deposit")
    SHOP_NAME_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_MODE_FIELD_NUMBER: _ClassVar[int]
    THREE_D_SECURE_FIELD_NUMBER: _ClassVar[int]
    RISK_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    SECURITY_CODE_FIELD_NUMBER: _ClassVar[int]
    CARD_ON_FILE_FIELD_NUMBER: _ClassVar[int]
    INSTALLMENTS_FIELD_NUMBER: _ClassVar[int]
    INSTALLMENT_MINIMUM_FIELD_NUMBER: _ClassVar[int]
    FEE_RATE_FIELD_NUMBER: _ClassVar[int]
    ORDER_REGISTRATION_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    B2_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CARE_FIELD_NUMBER: _ClassVar[int]
    DEPOSIT_FIELD_NUMBER: _ClassVar[int]
    shop_name: str
    capture_mode: str
    three_d_secure: str
    risk_amount: int
    security_code: bool
    card_on_file: str
    installments: bool
    installment_minimum: int
    fee_rate: int
    order_registration: bool
    sender: Sender
    b2: B2
    etag: str
    update_time: _timestamp_pb2.Timestamp
    care: Care
    deposit: Deposit
    def __init__(self, shop_name: _Optional[str] = ..., capture_mode: _Optional[str] = ..., three_d_secure: _Optional[str] = ..., risk_amount: _Optional[int] = ..., security_code: _Optional[bool] = ..., card_on_file: _Optional[str] = ..., installments: _Optional[bool] = ..., installment_minimum: _Optional[int] = ..., fee_rate: _Optional[int] = ..., order_registration: _Optional[bool] = ..., sender: _Optional[_Union[Sender, _Mapping]] = ..., b2: _Optional[_Union[B2, _Mapping]] = ..., etag: _Optional[str] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., care: _Optional[_Union[Care, _Mapping]] = ..., deposit: _Optional[_Union[Deposit, _Mapping]] = ...) -> None: ...

class Care(_message.Message):
    __slots__ = ("confirm_minutes", "orphans", "orphan_hours", "reauthorize_days", "slip_days", "correction_limit", "retention_days")
    CONFIRM_MINUTES_FIELD_NUMBER: _ClassVar[int]
    ORPHANS_FIELD_NUMBER: _ClassVar[int]
    ORPHAN_HOURS_FIELD_NUMBER: _ClassVar[int]
    REAUTHORIZE_DAYS_FIELD_NUMBER: _ClassVar[int]
    SLIP_DAYS_FIELD_NUMBER: _ClassVar[int]
    CORRECTION_LIMIT_FIELD_NUMBER: _ClassVar[int]
    RETENTION_DAYS_FIELD_NUMBER: _ClassVar[int]
    confirm_minutes: int
    orphans: str
    orphan_hours: int
    reauthorize_days: int
    slip_days: int
    correction_limit: int
    retention_days: int
    def __init__(self, confirm_minutes: _Optional[int] = ..., orphans: _Optional[str] = ..., orphan_hours: _Optional[int] = ..., reauthorize_days: _Optional[int] = ..., slip_days: _Optional[int] = ..., correction_limit: _Optional[int] = ..., retention_days: _Optional[int] = ...) -> None: ...

class Deposit(_message.Message):
    __slots__ = ("closing_days", "pay_days")
    CLOSING_DAYS_FIELD_NUMBER: _ClassVar[int]
    PAY_DAYS_FIELD_NUMBER: _ClassVar[int]
    closing_days: _containers.RepeatedScalarFieldContainer[int]
    pay_days: int
    def __init__(self, closing_days: _Optional[_Iterable[int]] = ..., pay_days: _Optional[int] = ...) -> None: ...

class Sender(_message.Message):
    __slots__ = ("name", "name_kana", "postal_code", "address", "building", "phone", "billing_code", "billing_class", "freight_number")
    NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_KANA_FIELD_NUMBER: _ClassVar[int]
    POSTAL_CODE_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_FIELD_NUMBER: _ClassVar[int]
    BUILDING_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    BILLING_CODE_FIELD_NUMBER: _ClassVar[int]
    BILLING_CLASS_FIELD_NUMBER: _ClassVar[int]
    FREIGHT_NUMBER_FIELD_NUMBER: _ClassVar[int]
    name: str
    name_kana: str
    postal_code: str
    address: str
    building: str
    phone: str
    billing_code: str
    billing_class: str
    freight_number: str
    def __init__(self, name: _Optional[str] = ..., name_kana: _Optional[str] = ..., postal_code: _Optional[str] = ..., address: _Optional[str] = ..., building: _Optional[str] = ..., phone: _Optional[str] = ..., billing_code: _Optional[str] = ..., billing_class: _Optional[str] = ..., freight_number: _Optional[str] = ...) -> None: ...

class B2(_message.Message):
    __slots__ = ("columns", "header", "quote_all", "slip_type", "registers")
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    HEADER_FIELD_NUMBER: _ClassVar[int]
    QUOTE_ALL_FIELD_NUMBER: _ClassVar[int]
    SLIP_TYPE_FIELD_NUMBER: _ClassVar[int]
    REGISTERS_FIELD_NUMBER: _ClassVar[int]
    columns: int
    header: bool
    quote_all: bool
    slip_type: str
    registers: bool
    def __init__(self, columns: _Optional[int] = ..., header: _Optional[bool] = ..., quote_all: _Optional[bool] = ..., slip_type: _Optional[str] = ..., registers: _Optional[bool] = ...) -> None: ...

class Contract(_message.Message):
    __slots__ = ("name", "trader_code", "access_key", "environment", "flags", "set_flags", "amount_limit", "hold_days", "shared")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TRADER_CODE_FIELD_NUMBER: _ClassVar[int]
    ACCESS_KEY_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    FLAGS_FIELD_NUMBER: _ClassVar[int]
    SET_FLAGS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_LIMIT_FIELD_NUMBER: _ClassVar[int]
    HOLD_DAYS_FIELD_NUMBER: _ClassVar[int]
    SHARED_FIELD_NUMBER: _ClassVar[int]
    name: str
    trader_code: str
    access_key: str
    environment: str
    flags: _containers.RepeatedScalarFieldContainer[str]
    set_flags: bool
    amount_limit: int
    hold_days: int
    shared: bool
    def __init__(self, name: _Optional[str] = ..., trader_code: _Optional[str] = ..., access_key: _Optional[str] = ..., environment: _Optional[str] = ..., flags: _Optional[_Iterable[str]] = ..., set_flags: _Optional[bool] = ..., amount_limit: _Optional[int] = ..., hold_days: _Optional[int] = ..., shared: _Optional[bool] = ...) -> None: ...

class PaymentMethod(_message.Message):
    __slots__ = ("name", "title", "description", "kind", "stopped")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STOPPED_FIELD_NUMBER: _ClassVar[int]
    name: str
    title: str
    description: str
    kind: str
    stopped: bool
    def __init__(self, name: _Optional[str] = ..., title: _Optional[str] = ..., description: _Optional[str] = ..., kind: _Optional[str] = ..., stopped: _Optional[bool] = ...) -> None: ...

class DeliveryMethod(_message.Message):
    __slots__ = ("name", "title", "carrier")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    CARRIER_FIELD_NUMBER: _ClassVar[int]
    name: str
    title: str
    carrier: str
    def __init__(self, name: _Optional[str] = ..., title: _Optional[str] = ..., carrier: _Optional[str] = ...) -> None: ...

class AccessKey(_message.Message):
    __slots__ = ("name", "title", "scopes", "expire_time", "secret", "create_time", "configured")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    SCOPES_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    SECRET_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CONFIGURED_FIELD_NUMBER: _ClassVar[int]
    name: str
    title: str
    scopes: _containers.RepeatedScalarFieldContainer[str]
    expire_time: _timestamp_pb2.Timestamp
    secret: str
    create_time: _timestamp_pb2.Timestamp
    configured: bool
    def __init__(self, name: _Optional[str] = ..., title: _Optional[str] = ..., scopes: _Optional[_Iterable[str]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., secret: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., configured: _Optional[bool] = ...) -> None: ...

class Change(_message.Message):
    __slots__ = ("sequence", "create_time", "actor", "resource", "action", "fields")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    create_time: _timestamp_pb2.Timestamp
    actor: str
    resource: str
    action: str
    fields: _containers.RepeatedCompositeFieldContainer[FieldChange]
    def __init__(self, sequence: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor: _Optional[str] = ..., resource: _Optional[str] = ..., action: _Optional[str] = ..., fields: _Optional[_Iterable[_Union[FieldChange, _Mapping]]] = ...) -> None: ...

class FieldChange(_message.Message):
    __slots__ = ("field", "before", "after")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    field: str
    before: str
    after: str
    def __init__(self, field: _Optional[str] = ..., before: _Optional[str] = ..., after: _Optional[str] = ...) -> None: ...
