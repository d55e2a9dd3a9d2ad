import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Payment(_message.Message):
    __slots__ = ("name", "shop", "environment", "state", "pending_operation", "pending_since_time", "attention", "order_number", "acceptance_number", "attempts", "amount", "captured_amount", "refunded_amount", "currency_code", "capture_mode", "installment_count", "card", "approval_number", "decline", "delivery_method", "customer", "order", "scheduled_operation", "hold_expire_time", "hold_expired", "create_time", "update_time", "etag", "client_secret", "authentication", "registration", "return_uri", "fulfillment_state", "shipments", "missing_capture_conditions", "order_state", "ship_date", "order_registered", "order_time", "difference", "imported")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Payment.State]
        STATE_PENDING: _ClassVar[Payment.State]
        STATE_AUTHENTICATING: _ClassVar[Payment.State]
        STATE_AUTHORIZED: _ClassVar[Payment.State]
        STATE_CAPTURED: _ClassVar[Payment.State]
        STATE_SETTLED: _ClassVar[Payment.State]
        STATE_CANCELED: _ClassVar[Payment.State]
        STATE_DECLINED: _ClassVar[Payment.State]
        STATE_EXPIRED: _ClassVar[Payment.State]
    STATE_UNSPECIFIED: Payment.State
    STATE_PENDING: Payment.State
    STATE_AUTHENTICATING: Payment.State
    STATE_AUTHORIZED: Payment.State
    STATE_CAPTURED: Payment.State
    STATE_SETTLED: Payment.State
    STATE_CANCELED: Payment.State
    STATE_DECLINED: Payment.State
    STATE_EXPIRED: Payment.State
    class FulfillmentState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        FULFILLMENT_STATE_UNSPECIFIED: _ClassVar[Payment.FulfillmentState]
        FULFILLMENT_STATE_SHIPPED: _ClassVar[Payment.FulfillmentState]
    FULFILLMENT_STATE_UNSPECIFIED: Payment.FulfillmentState
    FULFILLMENT_STATE_SHIPPED: Payment.FulfillmentState
    class Operation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OPERATION_UNSPECIFIED: _ClassVar[Payment.Operation]
        OPERATION_AUTHORIZE: _ClassVar[Payment.Operation]
        OPERATION_AUTHENTICATE: _ClassVar[Payment.Operation]
        OPERATION_CAPTURE: _ClassVar[Payment.Operation]
        OPERATION_ADJUST: _ClassVar[Payment.Operation]
        OPERATION_CANCEL: _ClassVar[Payment.Operation]
        OPERATION_REAUTHORIZE: _ClassVar[Payment.Operation]
        OPERATION_SHIP: _ClassVar[Payment.Operation]
        OPERATION_UNSHIP: _ClassVar[Payment.Operation]
        OPERATION_RESCHEDULE: _ClassVar[Payment.Operation]
    OPERATION_UNSPECIFIED: Payment.Operation
    OPERATION_AUTHORIZE: Payment.Operation
    OPERATION_AUTHENTICATE: Payment.Operation
    OPERATION_CAPTURE: Payment.Operation
    OPERATION_ADJUST: Payment.Operation
    OPERATION_CANCEL: Payment.Operation
    OPERATION_REAUTHORIZE: Payment.Operation
    OPERATION_SHIP: Payment.Operation
    OPERATION_UNSHIP: Payment.Operation
    OPERATION_RESCHEDULE: Payment.Operation
    NAME_FIELD_NUMBER: _ClassVar[int]
    SHOP_FIELD_NUMBER: _ClassVar[int]
    ENVIRONMENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PENDING_OPERATION_FIELD_NUMBER: _ClassVar[int]
    PENDING_SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    ATTENTION_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    ACCEPTANCE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CAPTURED_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REFUNDED_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    CAPTURE_MODE_FIELD_NUMBER: _ClassVar[int]
    INSTALLMENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    CARD_FIELD_NUMBER: _ClassVar[int]
    APPROVAL_NUMBER_FIELD_NUMBER: _ClassVar[int]
    DECLINE_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    SCHEDULED_OPERATION_FIELD_NUMBER: _ClassVar[int]
    HOLD_EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    HOLD_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CLIENT_SECRET_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_FIELD_NUMBER: _ClassVar[int]
    REGISTRATION_FIELD_NUMBER: _ClassVar[int]
    RETURN_URI_FIELD_NUMBER: _ClassVar[int]
    FULFILLMENT_STATE_FIELD_NUMBER: _ClassVar[int]
    SHIPMENTS_FIELD_NUMBER: _ClassVar[int]
    MISSING_CAPTURE_CONDITIONS_FIELD_NUMBER: _ClassVar[int]
    ORDER_STATE_FIELD_NUMBER: _ClassVar[int]
    SHIP_DATE_FIELD_NUMBER: _ClassVar[int]
    ORDER_REGISTERED_FIELD_NUMBER: _ClassVar[int]
    ORDER_TIME_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCE_FIELD_NUMBER: _ClassVar[int]
    IMPORTED_FIELD_NUMBER: _ClassVar[int]
    name: str
    shop: str
    environment: str
    state: Payment.State
    pending_operation: Payment.Operation
    pending_since_time: _timestamp_pb2.Timestamp
    attention: str
    order_number: str
    acceptance_number: str
    attempts: _containers.RepeatedCompositeFieldContainer[Attempt]
    amount: int
    captured_amount: int
    refunded_amount: int
    currency_code: str
    capture_mode: str
    installment_count: int
    card: CardSummary
    approval_number: str
    decline: Decline
    delivery_method: str
    customer: str
    order: Order
    scheduled_operation: ScheduledOperation
    hold_expire_time: _timestamp_pb2.Timestamp
    hold_expired: bool
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    etag: str
    client_secret: str
    authentication: Authentication
    registration: bool
    return_uri: str
    fulfillment_state: Payment.FulfillmentState
    shipments: _containers.RepeatedCompositeFieldContainer[Shipment]
    missing_capture_conditions: _containers.RepeatedScalarFieldContainer[str]
    order_state: str
    ship_date: str
    order_registered: bool
    order_time: _timestamp_pb2.Timestamp
    difference: Difference
    imported: bool
    def __init__(self, name: _Optional[str] = ..., shop: _Optional[str] = ..., environment: _Optional[str] = ..., state: _Optional[_Union[Payment.State, str]] = ..., pending_operation: _Optional[_Union[Payment.Operation, str]] = ..., pending_since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., attention: _Optional[str] = ..., order_number: _Optional[str] = ..., acceptance_number: _Optional[str] = ..., attempts: _Optional[_Iterable[_Union[Attempt, _Mapping]]] = ..., amount: _Optional[int] = ..., captured_amount: _Optional[int] = ..., refunded_amount: _Optional[int] = ..., currency_code: _Optional[str] = ..., capture_mode: _Optional[str] = ..., installment_count: _Optional[int] = ..., card: _Optional[_Union[CardSummary, _Mapping]] = ..., approval_number: _Optional[str] = ..., decline: _Optional[_Union[Decline, _Mapping]] = ..., delivery_method: _Optional[str] = ..., customer: _Optional[str] = ..., order: _Optional[_Union[Order, _Mapping]] = ..., scheduled_operation: _Optional[_Union[ScheduledOperation, _Mapping]] = ..., hold_expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., hold_expired: _Optional[bool] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ..., client_secret: _Optional[str] = ..., authentication: _Optional[_Union[Authentication, _Mapping]] = ..., registration: _Optional[bool] = ..., return_uri: _Optional[str] = ..., fulfillment_state: _Optional[_Union[Payment.FulfillmentState, str]] = ..., shipments: _Optional[_Iterable[_Union[Shipment, _Mapping]]] = ..., missing_capture_conditions: _Optional[_Iterable[str]] = ..., order_state: _Optional[str] = ..., ship_date: _Optional[str] = ..., order_registered: _Optional[bool] = ..., order_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., difference: _Optional[_Union[Difference, _Mapping]] = ..., imported: _Optional[bool] = ...) -> None: ...

class Difference(_message.Message):
    __slots__ = ("standing", "amount", "slip_numbers", "provider_code", "proposed_by")
    STANDING_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    SLIP_NUMBERS_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_CODE_FIELD_NUMBER: _ClassVar[int]
    PROPOSED_BY_FIELD_NUMBER: _ClassVar[int]
    standing: str
    amount: int
    slip_numbers: _containers.RepeatedScalarFieldContainer[str]
    provider_code: str
    proposed_by: str
    def __init__(self, standing: _Optional[str] = ..., amount: _Optional[int] = ..., slip_numbers: _Optional[_Iterable[str]] = ..., provider_code: _Optional[str] = ..., proposed_by: _Optional[str] = ...) -> None: ...

class Shipment(_message.Message):
    __slots__ = ("carrier", "slip_number", "registered", "create_time")
    CARRIER_FIELD_NUMBER: _ClassVar[int]
    SLIP_NUMBER_FIELD_NUMBER: _ClassVar[int]
    REGISTERED_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    carrier: str
    slip_number: str
    registered: bool
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, carrier: _Optional[str] = ..., slip_number: _Optional[str] = ..., registered: _Optional[bool] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Authentication(_message.Message):
    __slots__ = ("challenge_uri", "challenge_expire_time", "demanded", "result", "result_code", "liability", "liability_reason")
    CHALLENGE_URI_FIELD_NUMBER: _ClassVar[int]
    CHALLENGE_EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    DEMANDED_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    RESULT_CODE_FIELD_NUMBER: _ClassVar[int]
    LIABILITY_FIELD_NUMBER: _ClassVar[int]
    LIABILITY_REASON_FIELD_NUMBER: _ClassVar[int]
    challenge_uri: str
    challenge_expire_time: _timestamp_pb2.Timestamp
    demanded: bool
    result: str
    result_code: str
    liability: str
    liability_reason: str
    def __init__(self, challenge_uri: _Optional[str] = ..., challenge_expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., demanded: _Optional[bool] = ..., result: _Optional[str] = ..., result_code: _Optional[str] = ..., liability: _Optional[str] = ..., liability_reason: _Optional[str] = ...) -> None: ...

class Attempt(_message.Message):
    __slots__ = ("acceptance_number", "state", "decline", "create_time", "pending_operation", "authentication", "stored_card")
    ACCEPTANCE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DECLINE_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    PENDING_OPERATION_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_FIELD_NUMBER: _ClassVar[int]
    STORED_CARD_FIELD_NUMBER: _ClassVar[int]
    acceptance_number: str
    state: Payment.State
    decline: Decline
    create_time: _timestamp_pb2.Timestamp
    pending_operation: Payment.Operation
    authentication: Authentication
    stored_card: str
    def __init__(self, acceptance_number: _Optional[str] = ..., state: _Optional[_Union[Payment.State, str]] = ..., decline: _Optional[_Union[Decline, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., pending_operation: _Optional[_Union[Payment.Operation, str]] = ..., authentication: _Optional[_Union[Authentication, _Mapping]] = ..., stored_card: _Optional[str] = ...) -> None: ...

class Conversion(_message.Message):
    __slots__ = ("order_number", "amount", "currency_code", "lines")
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_CODE_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    order_number: str
    amount: int
    currency_code: str
    lines: _containers.RepeatedCompositeFieldContainer[OrderLine]
    def __init__(self, order_number: _Optional[str] = ..., amount: _Optional[int] = ..., currency_code: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[OrderLine, _Mapping]]] = ...) -> None: ...

class Decline(_message.Message):
    __slots__ = ("reason", "hard", "provider_code")
    REASON_FIELD_NUMBER: _ClassVar[int]
    HARD_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_CODE_FIELD_NUMBER: _ClassVar[int]
    reason: str
    hard: bool
    provider_code: str
    def __init__(self, reason: _Optional[str] = ..., hard: _Optional[bool] = ..., provider_code: _Optional[str] = ...) -> None: ...

class CardSummary(_message.Message):
    __slots__ = ("brand", "last_four", "expiry")
    BRAND_FIELD_NUMBER: _ClassVar[int]
    LAST_FOUR_FIELD_NUMBER: _ClassVar[int]
    EXPIRY_FIELD_NUMBER: _ClassVar[int]
    brand: str
    last_four: str
    expiry: str
    def __init__(self, brand: _Optional[str] = ..., last_four: _Optional[str] = ..., expiry: _Optional[str] = ...) -> None: ...

class ScheduledOperation(_message.Message):
    __slots__ = ("operation", "amount", "due_time")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    operation: Payment.Operation
    amount: int
    due_time: _timestamp_pb2.Timestamp
    def __init__(self, operation: _Optional[_Union[Payment.Operation, str]] = ..., amount: _Optional[int] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Order(_message.Message):
    __slots__ = ("lines", "buyer", "shipping_address", "shipping_addresses", "total")
    LINES_FIELD_NUMBER: _ClassVar[int]
    BUYER_FIELD_NUMBER: _ClassVar[int]
    SHIPPING_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    SHIPPING_ADDRESSES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    lines: _containers.RepeatedCompositeFieldContainer[OrderLine]
    buyer: Buyer
    shipping_address: Address
    shipping_addresses: _containers.RepeatedCompositeFieldContainer[Address]
    total: int
    def __init__(self, lines: _Optional[_Iterable[_Union[OrderLine, _Mapping]]] = ..., buyer: _Optional[_Union[Buyer, _Mapping]] = ..., shipping_address: _Optional[_Union[Address, _Mapping]] = ..., shipping_addresses: _Optional[_Iterable[_Union[Address, _Mapping]]] = ..., total: _Optional[int] = ...) -> None: ...

class OrderLine(_message.Message):
    __slots__ = ("name", "quantity", "unit_amount", "kind")
    NAME_FIELD_NUMBER: _ClassVar[int]
    QUANTITY_FIELD_NUMBER: _ClassVar[int]
    UNIT_AMOUNT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    name: str
    quantity: int
    unit_amount: int
    kind: str
    def __init__(self, name: _Optional[str] = ..., quantity: _Optional[int] = ..., unit_amount: _Optional[int] = ..., kind: _Optional[str] = ...) -> None: ...

class Buyer(_message.Message):
    __slots__ = ("name", "name_kana", "phone", "email")
    NAME_FIELD_NUMBER: _ClassVar[int]
    NAME_KANA_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    name: str
    name_kana: str
    phone: str
    email: str
    def __init__(self, name: _Optional[str] = ..., name_kana: _Optional[str] = ..., phone: _Optional[str] = ..., email: _Optional[str] = ...) -> None: ...

class Address(_message.Message):
    __slots__ = ("name", "postal_code", "prefecture", "city", "line1", "line2", "phone")
    NAME_FIELD_NUMBER: _ClassVar[int]
    POSTAL_CODE_FIELD_NUMBER: _ClassVar[int]
    PREFECTURE_FIELD_NUMBER: _ClassVar[int]
    CITY_FIELD_NUMBER: _ClassVar[int]
    LINE1_FIELD_NUMBER: _ClassVar[int]
    LINE2_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    name: str
    postal_code: str
    prefecture: str
    city: str
    line1: str
    line2: str
    phone: str
    def __init__(self, name: _Optional[str] = ..., postal_code: _Optional[str] = ..., prefecture: _Optional[str] = ..., city: _Optional[str] = ..., line1: _Optional[str] = ..., line2: _Optional[str] = ..., phone: _Optional[str] = ...) -> None: ...
