from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class ImportedOrder(_message.Message):
    __slots__ = ("line", "verdict", "order_number", "acceptance_number", "payment", "claimed", "standing", "amount", "differs", "japanese", "english")
    LINE_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    ORDER_NUMBER_FIELD_NUMBER: _ClassVar[int]
    ACCEPTANCE_NUMBER_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    CLAIMED_FIELD_NUMBER: _ClassVar[int]
    STANDING_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    DIFFERS_FIELD_NUMBER: _ClassVar[int]
    JAPANESE_FIELD_NUMBER: _ClassVar[int]
    ENGLISH_FIELD_NUMBER: _ClassVar[int]
    line: int
    verdict: str
    order_number: str
    acceptance_number: str
    payment: str
    claimed: str
    standing: str
    amount: int
    differs: bool
    japanese: str
    english: str
    def __init__(self, line: _Optional[int] = ..., verdict: _Optional[str] = ..., order_number: _Optional[str] = ..., acceptance_number: _Optional[str] = ..., payment: _Optional[str] = ..., claimed: _Optional[str] = ..., standing: _Optional[str] = ..., amount: _Optional[int] = ..., differs: _Optional[bool] = ..., japanese: _Optional[str] = ..., english: _Optional[str] = ...) -> None: ...
