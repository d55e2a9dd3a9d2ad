"""Calls kessai over gRPC.

    from kessai.payment.v1 import payment_service_pb2 as payments
    from kessai_client import Client, Failure

    with Client("127.0.0.1:9090", "sk_test_demo") as kessai:
        answer = kessai.payments.CreatePayment(
            payments.CreatePaymentRequest(
                amount=5080, order_number="1396", card_token=token,
                request_id="checkout-1396",
            ),
            timeout=15,
        )

A call that moves money needs an idempotency key, here request_id. A call that
got no answer is made again with the same key: it never charges twice. This
package does not do that by itself.
"""

from __future__ import annotations

import dataclasses
import ipaddress

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from kessai.payment.v1 import payment_service_pb2_grpc
from kessai.vault.v1 import vault_service_pb2_grpc
from kessai_client.webhook import Webhook, WebhookError

__all__ = ["Client", "Failure", "Webhook", "WebhookError"]


class Client:
    """A connection to one kessai with one key; safe for threads.

    ``target`` is host:port of kessai's native gRPC. Outside the loopback the
    connection is TLS (``credentials`` replaces the system's roots). The key is
    never printed.
    """

    def __init__(
        self,
        target: str,
        key: str,
        *,
        credentials: grpc.ChannelCredentials | None = None,
    ) -> None:
        if not key or not key.isascii() or not key.isprintable() or " " in key:
            raise ValueError("kessai: the key is empty or has a character that no key has")
        options = [
            ("grpc.primary_user_agent", "kessai-python"),
            # A page of a thousand payments with their orders is more than 4 MiB.
            ("grpc.max_receive_message_length", 64 << 20),
        ]
        if credentials is None and _is_local(target):
            channel = grpc.insecure_channel(target, options)
        else:
            credentials = credentials or grpc.ssl_channel_credentials()
            channel = grpc.secure_channel(target, credentials, options)
        self._channel = channel
        #: The channel with the key, for the stubs of other services.
        self.channel = grpc.intercept_channel(channel, _Bearer(key))
        #: Every call of PaymentService.
        self.payments = payment_service_pb2_grpc.PaymentServiceStub(self.channel)
        #: Every call of VaultService.
        self.vault = vault_service_pb2_grpc.VaultServiceStub(self.channel)

    def close(self) -> None:
        """Ends the connection."""
        self._channel.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclasses.dataclass(frozen=True)
class Failure:
    """What kessai says in a grpc.RpcError.

    except grpc.RpcError as error:
        failure = Failure.of(error)
        if failure.reason == "ORDER_NUMBER_TAKEN": ...
    """

    code: str
    """Canonical code, such as "INVALID_ARGUMENT"."""
    reason: str = ""
    """kessai's one word; empty: the error is the connection's or a proxy's."""
    message: str = ""
    message_ja: str = ""
    violations: dict[str, str] = dataclasses.field(default_factory=dict)
    """Field to what is wrong with it."""
    retry_after: float | None = None
    """Seconds to wait before asking again; None: kessai did not say."""
    metadata: dict[str, str] = dataclasses.field(default_factory=dict)

    @classmethod
    def of(cls, error: grpc.RpcError) -> "Failure":
        """Reads the error and its details."""
        fields: dict = {"code": error.code().name, "message": error.details() or ""}
        status = rpc_status.from_call(error)
        for detail in status.details if status else ():
            if (info := _unpack(detail, error_details_pb2.ErrorInfo)) and info.domain == "kessai":
                fields |= {"reason": info.reason, "metadata": dict(info.metadata)}
            elif (text := _unpack(detail, error_details_pb2.LocalizedMessage)) and text.locale.startswith("ja"):
                fields["message_ja"] = text.message
            elif retry := _unpack(detail, error_details_pb2.RetryInfo):
                fields["retry_after"] = retry.retry_delay.ToTimedelta().total_seconds()
            elif bad := _unpack(detail, error_details_pb2.BadRequest):
                fields["violations"] = {v.field: v.description for v in bad.field_violations}
        return cls(**fields)


class _Bearer(
    grpc.UnaryUnaryClientInterceptor,
    grpc.UnaryStreamClientInterceptor,
):
    """Adds the key to each call. It lies in a closure, so that no repr, log or
    debugger's listing of attributes shows it."""

    def __init__(self, key: str) -> None:
        self._header = lambda: ("authorization", "Bearer " + key)

    def _with_key(self, details: grpc.ClientCallDetails) -> "_Details":
        return _Details(
            details.method,
            details.timeout,
            [*(details.metadata or ()), self._header()],
            details.credentials,
            details.wait_for_ready,
            details.compression,
        )

    def intercept_unary_unary(self, continuation, client_call_details, request):
        return continuation(self._with_key(client_call_details), request)

    def intercept_unary_stream(self, continuation, client_call_details, request):
        return continuation(self._with_key(client_call_details), request)


@dataclasses.dataclass(frozen=True, repr=False)
class _Details(grpc.ClientCallDetails):
    method: str
    timeout: float | None
    metadata: list[tuple[str, str]]
    credentials: grpc.CallCredentials | None
    wait_for_ready: bool | None
    compression: grpc.Compression | None


def _unpack(detail, kind):
    message = kind()
    return message if detail.Unpack(message) else None


def _is_local(target: str) -> bool:
    if target.startswith("unix:"):
        return True
    host = target.rpartition("///")[2].rpartition(":")[0].strip("[]")
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
