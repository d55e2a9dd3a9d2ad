from kessai.payment.v1 import payment_pb2 as _payment_pb2
from kessai.vault.v1 import card_pb2 as _card_pb2
from kessai.vault.v1 import card_entry_pb2 as _card_entry_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateCardEntryRequest(_message.Message):
    __slots__ = ("payment", "customer", "card", "save_card", "amount")
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    CUSTOMER_FIELD_NUMBER: _ClassVar[int]
    CARD_FIELD_NUMBER: _ClassVar[int]
    SAVE_CARD_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    payment: str
    customer: str
    card: str
    save_card: bool
    amount: int
    def __init__(self, payment: _Optional[str] = ..., customer: _Optional[str] = ..., card: _Optional[str] = ..., save_card: _Optional[bool] = ..., amount: _Optional[int] = ...) -> None: ...

class CreateCardEntryResponse(_message.Message):
    __slots__ = ("card_entry",)
    CARD_ENTRY_FIELD_NUMBER: _ClassVar[int]
    card_entry: _card_entry_pb2.CardEntry
    def __init__(self, card_entry: _Optional[_Union[_card_entry_pb2.CardEntry, _Mapping]] = ...) -> None: ...

class ListInstallmentOptionsRequest(_message.Message):
    __slots__ = ("card_prefix", "amount")
    CARD_PREFIX_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    card_prefix: str
    amount: int
    def __init__(self, card_prefix: _Optional[str] = ..., amount: _Optional[int] = ...) -> None: ...

class ListInstallmentOptionsResponse(_message.Message):
    __slots__ = ("installment_options", "brand")
    INSTALLMENT_OPTIONS_FIELD_NUMBER: _ClassVar[int]
    BRAND_FIELD_NUMBER: _ClassVar[int]
    installment_options: _containers.RepeatedCompositeFieldContainer[_card_entry_pb2.InstallmentOption]
    brand: str
    def __init__(self, installment_options: _Optional[_Iterable[_Union[_card_entry_pb2.InstallmentOption, _Mapping]]] = ..., brand: _Optional[str] = ...) -> None: ...

class CreateCardRequest(_message.Message):
    __slots__ = ("parent", "card_token", "device", "return_uri", "request_id", "buyer")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    CARD_TOKEN_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    RETURN_URI_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_FIELD_NUMBER: _ClassVar[int]
    parent: str
    card_token: str
    device: str
    return_uri: str
    request_id: str
    buyer: _payment_pb2.Buyer
    def __init__(self, parent: _Optional[str] = ..., card_token: _Optional[str] = ..., device: _Optional[str] = ..., return_uri: _Optional[str] = ..., request_id: _Optional[str] = ..., buyer: _Optional[_Union[_payment_pb2.Buyer, _Mapping]] = ...) -> None: ...

class CreateCardResponse(_message.Message):
    __slots__ = ("card",)
    CARD_FIELD_NUMBER: _ClassVar[int]
    card: _card_pb2.Card
    def __init__(self, card: _Optional[_Union[_card_pb2.Card, _Mapping]] = ...) -> None: ...

class GetCardRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetCardResponse(_message.Message):
    __slots__ = ("card",)
    CARD_FIELD_NUMBER: _ClassVar[int]
    card: _card_pb2.Card
    def __init__(self, card: _Optional[_Union[_card_pb2.Card, _Mapping]] = ...) -> None: ...

class ListCardsRequest(_message.Message):
    __slots__ = ("parent",)
    PARENT_FIELD_NUMBER: _ClassVar[int]
    parent: str
    def __init__(self, parent: _Optional[str] = ...) -> None: ...

class ListCardsResponse(_message.Message):
    __slots__ = ("cards",)
    CARDS_FIELD_NUMBER: _ClassVar[int]
    cards: _containers.RepeatedCompositeFieldContainer[_card_pb2.Card]
    def __init__(self, cards: _Optional[_Iterable[_Union[_card_pb2.Card, _Mapping]]] = ...) -> None: ...

class UpdateCardRequest(_message.Message):
    __slots__ = ("name", "expiry", "holder_name")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EXPIRY_FIELD_NUMBER: _ClassVar[int]
    HOLDER_NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    expiry: str
    holder_name: str
    def __init__(self, name: _Optional[str] = ..., expiry: _Optional[str] = ..., holder_name: _Optional[str] = ...) -> None: ...

class UpdateCardResponse(_message.Message):
    __slots__ = ("card",)
    CARD_FIELD_NUMBER: _ClassVar[int]
    card: _card_pb2.Card
    def __init__(self, card: _Optional[_Union[_card_pb2.Card, _Mapping]] = ...) -> None: ...

class DeleteCardRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DeleteCardResponse(_message.Message):
    __slots__ = ("card",)
    CARD_FIELD_NUMBER: _ClassVar[int]
    card: _card_pb2.Card
    def __init__(self, card: _Optional[_Union[_card_pb2.Card, _Mapping]] = ...) -> None: ...
