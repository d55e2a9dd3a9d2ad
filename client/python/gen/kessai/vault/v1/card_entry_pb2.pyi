import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from kessai.vault.v1 import card_pb2 as _card_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CardEntry(_message.Message):
    __slots__ = ("script_uri", "trader_code", "auth_div", "option_service_div", "member_id", "authentication_key", "check_sum", "card_key", "last_credit_date", "security_code_required", "authentication_demanded", "card_saving", "saves_card", "cards", "installments", "payment_methods", "expire_time", "shop_name")
    SCRIPT_URI_FIELD_NUMBER: _ClassVar[int]
    TRADER_CODE_FIELD_NUMBER: _ClassVar[int]
    AUTH_DIV_FIELD_NUMBER: _ClassVar[int]
    OPTION_SERVICE_DIV_FIELD_NUMBER: _ClassVar[int]
    MEMBER_ID_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_KEY_FIELD_NUMBER: _ClassVar[int]
    CHECK_SUM_FIELD_NUMBER: _ClassVar[int]
    CARD_KEY_FIELD_NUMBER: _ClassVar[int]
    LAST_CREDIT_DATE_FIELD_NUMBER: _ClassVar[int]
    SECURITY_CODE_REQUIRED_FIELD_NUMBER: _ClassVar[int]
    AUTHENTICATION_DEMANDED_FIELD_NUMBER: _ClassVar[int]
    CARD_SAVING_FIELD_NUMBER: _ClassVar[int]
    SAVES_CARD_FIELD_NUMBER: _ClassVar[int]
    CARDS_FIELD_NUMBER: _ClassVar[int]
    INSTALLMENTS_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_METHODS_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    SHOP_NAME_FIELD_NUMBER: _ClassVar[int]
    script_uri: str
    trader_code: str
    auth_div: str
    option_service_div: str
    member_id: str
    authentication_key: str
    check_sum: str
    card_key: str
    last_credit_date: str
    security_code_required: bool
    authentication_demanded: bool
    card_saving: str
    saves_card: bool
    cards: _containers.RepeatedCompositeFieldContainer[_card_pb2.Card]
    installments: bool
    payment_methods: _containers.RepeatedCompositeFieldContainer[PaymentMethod]
    expire_time: _timestamp_pb2.Timestamp
    shop_name: str
    def __init__(self, script_uri: _Optional[str] = ..., trader_code: _Optional[str] = ..., auth_div: _Optional[str] = ..., option_service_div: _Optional[str] = ..., member_id: _Optional[str] = ..., authentication_key: _Optional[str] = ..., check_sum: _Optional[str] = ..., card_key: _Optional[str] = ..., last_credit_date: _Optional[str] = ..., security_code_required: _Optional[bool] = ..., authentication_demanded: _Optional[bool] = ..., card_saving: _Optional[str] = ..., saves_card: _Optional[bool] = ..., cards: _Optional[_Iterable[_Union[_card_pb2.Card, _Mapping]]] = ..., installments: _Optional[bool] = ..., payment_methods: _Optional[_Iterable[_Union[PaymentMethod, _Mapping]]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., shop_name: _Optional[str] = ...) -> None: ...

class PaymentMethod(_message.Message):
    __slots__ = ("id", "name", "description_html", "kind")
    ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_HTML_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    id: str
    name: str
    description_html: str
    kind: str
    def __init__(self, id: _Optional[str] = ..., name: _Optional[str] = ..., description_html: _Optional[str] = ..., kind: _Optional[str] = ...) -> None: ...

class InstallmentOption(_message.Message):
    __slots__ = ("count",)
    COUNT_FIELD_NUMBER: _ClassVar[int]
    count: int
    def __init__(self, count: _Optional[int] = ...) -> None: ...
