import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from kessai.shop.v1 import settings_pb2 as _settings_pb2
from kessai.shop.v1 import webhook_endpoint_pb2 as _webhook_endpoint_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetSettingsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetSettingsResponse(_message.Message):
    __slots__ = ("settings",)
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    settings: _settings_pb2.Settings
    def __init__(self, settings: _Optional[_Union[_settings_pb2.Settings, _Mapping]] = ...) -> None: ...

class UpdateSettingsRequest(_message.Message):
    __slots__ = ("settings",)
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    settings: _settings_pb2.Settings
    def __init__(self, settings: _Optional[_Union[_settings_pb2.Settings, _Mapping]] = ...) -> None: ...

class UpdateSettingsResponse(_message.Message):
    __slots__ = ("settings",)
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    settings: _settings_pb2.Settings
    def __init__(self, settings: _Optional[_Union[_settings_pb2.Settings, _Mapping]] = ...) -> None: ...

class ListContractsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListContractsResponse(_message.Message):
    __slots__ = ("contracts",)
    CONTRACTS_FIELD_NUMBER: _ClassVar[int]
    contracts: _containers.RepeatedCompositeFieldContainer[_settings_pb2.Contract]
    def __init__(self, contracts: _Optional[_Iterable[_Union[_settings_pb2.Contract, _Mapping]]] = ...) -> None: ...

class UpdateContractRequest(_message.Message):
    __slots__ = ("contract",)
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    contract: _settings_pb2.Contract
    def __init__(self, contract: _Optional[_Union[_settings_pb2.Contract, _Mapping]] = ...) -> None: ...

class UpdateContractResponse(_message.Message):
    __slots__ = ("contract",)
    CONTRACT_FIELD_NUMBER: _ClassVar[int]
    contract: _settings_pb2.Contract
    def __init__(self, contract: _Optional[_Union[_settings_pb2.Contract, _Mapping]] = ...) -> None: ...

class ListPaymentMethodsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListPaymentMethodsResponse(_message.Message):
    __slots__ = ("payment_methods",)
    PAYMENT_METHODS_FIELD_NUMBER: _ClassVar[int]
    payment_methods: _containers.RepeatedCompositeFieldContainer[_settings_pb2.PaymentMethod]
    def __init__(self, payment_methods: _Optional[_Iterable[_Union[_settings_pb2.PaymentMethod, _Mapping]]] = ...) -> None: ...

class CreatePaymentMethodRequest(_message.Message):
    __slots__ = ("payment_method",)
    PAYMENT_METHOD_FIELD_NUMBER: _ClassVar[int]
    payment_method: _settings_pb2.PaymentMethod
    def __init__(self, payment_method: _Optional[_Union[_settings_pb2.PaymentMethod, _Mapping]] = ...) -> None: ...

class CreatePaymentMethodResponse(_message.Message):
    __slots__ = ("payment_method",)
    PAYMENT_METHOD_FIELD_NUMBER: _ClassVar[int]
    payment_method: _settings_pb2.PaymentMethod
    def __init__(self, payment_method: _Optional[_Union[_settings_pb2.PaymentMethod, _Mapping]] = ...) -> None: ...

class UpdatePaymentMethodRequest(_message.Message):
    __slots__ = ("payment_method",)
    PAYMENT_METHOD_FIELD_NUMBER: _ClassVar[int]
    payment_method: _settings_pb2.PaymentMethod
    def __init__(self, payment_method: _Optional[_Union[_settings_pb2.PaymentMethod, _Mapping]] = ...) -> None: ...

class UpdatePaymentMethodResponse(_message.Message):
    __slots__ = ("payment_method",)
    PAYMENT_METHOD_FIELD_NUMBER: _ClassVar[int]
    payment_method: _settings_pb2.PaymentMethod
    def __init__(self, payment_method: _Optional[_Union[_settings_pb2.PaymentMethod, _Mapping]] = ...) -> None: ...

class OrderPaymentMethodsRequest(_message.Message):
    __slots__ = ("names",)
    NAMES_FIELD_NUMBER: _ClassVar[int]
    names: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, names: _Optional[_Iterable[str]] = ...) -> None: ...

class OrderPaymentMethodsResponse(_message.Message):
    __slots__ = ("payment_methods",)
    PAYMENT_METHODS_FIELD_NUMBER: _ClassVar[int]
    payment_methods: _containers.RepeatedCompositeFieldContainer[_settings_pb2.PaymentMethod]
    def __init__(self, payment_methods: _Optional[_Iterable[_Union[_settings_pb2.PaymentMethod, _Mapping]]] = ...) -> None: ...

class DeletePaymentMethodRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DeletePaymentMethodResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListDeliveryMethodsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListDeliveryMethodsResponse(_message.Message):
    __slots__ = ("delivery_methods",)
    DELIVERY_METHODS_FIELD_NUMBER: _ClassVar[int]
    delivery_methods: _containers.RepeatedCompositeFieldContainer[_settings_pb2.DeliveryMethod]
    def __init__(self, delivery_methods: _Optional[_Iterable[_Union[_settings_pb2.DeliveryMethod, _Mapping]]] = ...) -> None: ...

class CreateDeliveryMethodRequest(_message.Message):
    __slots__ = ("delivery_method",)
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    delivery_method: _settings_pb2.DeliveryMethod
    def __init__(self, delivery_method: _Optional[_Union[_settings_pb2.DeliveryMethod, _Mapping]] = ...) -> None: ...

class CreateDeliveryMethodResponse(_message.Message):
    __slots__ = ("delivery_method",)
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    delivery_method: _settings_pb2.DeliveryMethod
    def __init__(self, delivery_method: _Optional[_Union[_settings_pb2.DeliveryMethod, _Mapping]] = ...) -> None: ...

class UpdateDeliveryMethodRequest(_message.Message):
    __slots__ = ("delivery_method",)
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    delivery_method: _settings_pb2.DeliveryMethod
    def __init__(self, delivery_method: _Optional[_Union[_settings_pb2.DeliveryMethod, _Mapping]] = ...) -> None: ...

class UpdateDeliveryMethodResponse(_message.Message):
    __slots__ = ("delivery_method",)
    DELIVERY_METHOD_FIELD_NUMBER: _ClassVar[int]
    delivery_method: _settings_pb2.DeliveryMethod
    def __init__(self, delivery_method: _Optional[_Union[_settings_pb2.DeliveryMethod, _Mapping]] = ...) -> None: ...

class DeleteDeliveryMethodRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DeleteDeliveryMethodResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListAccessKeysRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListAccessKeysResponse(_message.Message):
    __slots__ = ("access_keys",)
    ACCESS_KEYS_FIELD_NUMBER: _ClassVar[int]
    access_keys: _containers.RepeatedCompositeFieldContainer[_settings_pb2.AccessKey]
    def __init__(self, access_keys: _Optional[_Iterable[_Union[_settings_pb2.AccessKey, _Mapping]]] = ...) -> None: ...

class CreateAccessKeyRequest(_message.Message):
    __slots__ = ("access_key",)
    ACCESS_KEY_FIELD_NUMBER: _ClassVar[int]
    access_key: _settings_pb2.AccessKey
    def __init__(self, access_key: _Optional[_Union[_settings_pb2.AccessKey, _Mapping]] = ...) -> None: ...

class CreateAccessKeyResponse(_message.Message):
    __slots__ = ("access_key",)
    ACCESS_KEY_FIELD_NUMBER: _ClassVar[int]
    access_key: _settings_pb2.AccessKey
    def __init__(self, access_key: _Optional[_Union[_settings_pb2.AccessKey, _Mapping]] = ...) -> None: ...

class ExpireAccessKeyRequest(_message.Message):
    __slots__ = ("name", "expire_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ExpireAccessKeyResponse(_message.Message):
    __slots__ = ("access_key",)
    ACCESS_KEY_FIELD_NUMBER: _ClassVar[int]
    access_key: _settings_pb2.AccessKey
    def __init__(self, access_key: _Optional[_Union[_settings_pb2.AccessKey, _Mapping]] = ...) -> None: ...

class ListChangesRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListChangesResponse(_message.Message):
    __slots__ = ("changes", "next_page_token")
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[_settings_pb2.Change]
    next_page_token: str
    def __init__(self, changes: _Optional[_Iterable[_Union[_settings_pb2.Change, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RunConnectionTestRequest(_message.Message):
    __slots__ = ("card_tokens", "production", "request_id")
    CARD_TOKENS_FIELD_NUMBER: _ClassVar[int]
    PRODUCTION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    card_tokens: _containers.RepeatedScalarFieldContainer[str]
    production: bool
    request_id: str
    def __init__(self, card_tokens: _Optional[_Iterable[str]] = ..., production: _Optional[bool] = ..., request_id: _Optional[str] = ...) -> None: ...

class RunConnectionTestResponse(_message.Message):
    __slots__ = ("step", "finished", "passed")
    STEP_FIELD_NUMBER: _ClassVar[int]
    FINISHED_FIELD_NUMBER: _ClassVar[int]
    PASSED_FIELD_NUMBER: _ClassVar[int]
    step: ConnectionTestStep
    finished: bool
    passed: bool
    def __init__(self, step: _Optional[_Union[ConnectionTestStep, _Mapping]] = ..., finished: _Optional[bool] = ..., passed: _Optional[bool] = ...) -> None: ...

class ConnectionTestStep(_message.Message):
    __slots__ = ("name", "result", "title", "title_ja", "message", "message_ja", "payment", "provider_code")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    TITLE_JA_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_JA_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_CODE_FIELD_NUMBER: _ClassVar[int]
    name: str
    result: str
    title: str
    title_ja: str
    message: str
    message_ja: str
    payment: str
    provider_code: str
    def __init__(self, name: _Optional[str] = ..., result: _Optional[str] = ..., title: _Optional[str] = ..., title_ja: _Optional[str] = ..., message: _Optional[str] = ..., message_ja: _Optional[str] = ..., payment: _Optional[str] = ..., provider_code: _Optional[str] = ...) -> None: ...

class ListWebhookEndpointsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListWebhookEndpointsResponse(_message.Message):
    __slots__ = ("webhook_endpoints",)
    WEBHOOK_ENDPOINTS_FIELD_NUMBER: _ClassVar[int]
    webhook_endpoints: _containers.RepeatedCompositeFieldContainer[_webhook_endpoint_pb2.WebhookEndpoint]
    def __init__(self, webhook_endpoints: _Optional[_Iterable[_Union[_webhook_endpoint_pb2.WebhookEndpoint, _Mapping]]] = ...) -> None: ...

class CreateWebhookEndpointRequest(_message.Message):
    __slots__ = ("webhook_endpoint",)
    WEBHOOK_ENDPOINT_FIELD_NUMBER: _ClassVar[int]
    webhook_endpoint: _webhook_endpoint_pb2.WebhookEndpoint
    def __init__(self, webhook_endpoint: _Optional[_Union[_webhook_endpoint_pb2.WebhookEndpoint, _Mapping]] = ...) -> None: ...

class CreateWebhookEndpointResponse(_message.Message):
    __slots__ = ("webhook_endpoint",)
    WEBHOOK_ENDPOINT_FIELD_NUMBER: _ClassVar[int]
    webhook_endpoint: _webhook_endpoint_pb2.WebhookEndpoint
    def __init__(self, webhook_endpoint: _Optional[_Union[_webhook_endpoint_pb2.WebhookEndpoint, _Mapping]] = ...) -> None: ...

class UpdateWebhookEndpointRequest(_message.Message):
    __slots__ = ("webhook_endpoint",)
    WEBHOOK_ENDPOINT_FIELD_NUMBER: _ClassVar[int]
    webhook_endpoint: _webhook_endpoint_pb2.WebhookEndpoint
    def __init__(self, webhook_endpoint: _Optional[_Union[_webhook_endpoint_pb2.WebhookEndpoint, _Mapping]] = ...) -> None: ...

class UpdateWebhookEndpointResponse(_message.Message):
    __slots__ = ("webhook_endpoint",)
    WEBHOOK_ENDPOINT_FIELD_NUMBER: _ClassVar[int]
    webhook_endpoint: _webhook_endpoint_pb2.WebhookEndpoint
    def __init__(self, webhook_endpoint: _Optional[_Union[_webhook_endpoint_pb2.WebhookEndpoint, _Mapping]] = ...) -> None: ...

class DeleteWebhookEndpointRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class DeleteWebhookEndpointResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class RotateWebhookSecretRequest(_message.Message):
    __slots__ = ("name", "overlap_hours")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OVERLAP_HOURS_FIELD_NUMBER: _ClassVar[int]
    name: str
    overlap_hours: int
    def __init__(self, name: _Optional[str] = ..., overlap_hours: _Optional[int] = ...) -> None: ...

class RotateWebhookSecretResponse(_message.Message):
    __slots__ = ("webhook_endpoint",)
    WEBHOOK_ENDPOINT_FIELD_NUMBER: _ClassVar[int]
    webhook_endpoint: _webhook_endpoint_pb2.WebhookEndpoint
    def __init__(self, webhook_endpoint: _Optional[_Union[_webhook_endpoint_pb2.WebhookEndpoint, _Mapping]] = ...) -> None: ...

class TestWebhookEndpointRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class TestWebhookEndpointResponse(_message.Message):
    __slots__ = ("delivered", "status", "echoed", "failure", "milliseconds")
    DELIVERED_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    ECHOED_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    MILLISECONDS_FIELD_NUMBER: _ClassVar[int]
    delivered: bool
    status: int
    echoed: bool
    failure: str
    milliseconds: int
    def __init__(self, delivered: _Optional[bool] = ..., status: _Optional[int] = ..., echoed: _Optional[bool] = ..., failure: _Optional[str] = ..., milliseconds: _Optional[int] = ...) -> None: ...

class ListWebhookDeliveriesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "state")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    state: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., state: _Optional[str] = ...) -> None: ...

class ListWebhookDeliveriesResponse(_message.Message):
    __slots__ = ("deliveries", "next_page_token")
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    deliveries: _containers.RepeatedCompositeFieldContainer[_webhook_endpoint_pb2.WebhookDelivery]
    next_page_token: str
    def __init__(self, deliveries: _Optional[_Iterable[_Union[_webhook_endpoint_pb2.WebhookDelivery, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ReplayWebhookEventsRequest(_message.Message):
    __slots__ = ("name", "start_time", "end_time", "dead_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    DEAD_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    dead_only: bool
    def __init__(self, name: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., dead_only: _Optional[bool] = ...) -> None: ...

class ReplayWebhookEventsResponse(_message.Message):
    __slots__ = ("count",)
    COUNT_FIELD_NUMBER: _ClassVar[int]
    count: int
    def __init__(self, count: _Optional[int] = ...) -> None: ...
