"""Verifies the messages that kessai sends to an endpoint of the shop."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Callable, Iterable, Mapping

from google.protobuf import json_format

from kessai.event.v1.event_pb2 import Event


class WebhookError(Exception):
    """Why a message was refused: nothing in it may be believed.

    ``reason`` is INCOMPLETE (a header is missing, or the body is no event),
    FORGED (no signature of it is of a secret of ours), STALE (too old, or of
    the future) or REPEATED (dealt with before: answer it with 200 all the same,
    so that it is not sent again).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"kessai: webhook refused: {reason}")
        self.reason = reason


class Webhook:
    """Verifies by the Standard Webhooks scheme.

    ``secrets`` are those of the endpoint, ``whsec_…``: during a rotation the old
    and the new one. ``tolerance`` is how many seconds old, or ahead, a message
    may be. ``seen`` tells whether a message with an id was dealt with before.
    """

    def __init__(
        self,
        *secrets: str,
        tolerance: float = 300,
        seen: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self._keys = list(_keys(secrets))
        self._tolerance = tolerance
        self._seen = seen

    def verify(self, headers: Mapping[str, str], body: bytes, now: float | None = None) -> Event:
        """Gives the event of a message. ``body`` is the body as it came, byte for byte."""
        given = {name.lower(): value for name, value in headers.items()}
        message, sent = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
        if not message or not (sent.isascii() and sent.isdigit()):
            raise WebhookError("INCOMPLETE")
        if not self._signed(f"{message}.{sent}.".encode() + body, given.get("webhook-signature", "")):
            raise WebhookError("FORGED")
        if abs((time.time() if now is None else now) - int(sent)) > self._tolerance:
            raise WebhookError("STALE")
        try:
            event = json_format.Parse(body, Event(), ignore_unknown_fields=True)
        except (json_format.ParseError, UnicodeDecodeError) as error:
            raise WebhookError("INCOMPLETE") from error
        if not event.type:  # "[]" is parsed as a message, too
            raise WebhookError("INCOMPLETE")
        if self._seen(message):
            raise WebhookError("REPEATED")
        return event

    def _signed(self, content: bytes, signatures: str) -> bool:
        ok = False
        for key in self._keys:
            mac = base64.b64encode(hmac.digest(key, content, hashlib.sha256))
            for given in signatures.split():
                ok |= hmac.compare_digest(given.encode(), b"v1," + mac)
        return ok


def _keys(secrets: Iterable[str]) -> Iterable[bytes]:
    for secret in secrets:
        try:
            key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            continue
        if key:
            yield key
