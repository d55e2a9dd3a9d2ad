"""Makes the steps of ../cases/cases.json over gRPC; see ../cases/doc.go."""

import json
import os
import sys

import grpc
from google.protobuf import json_format, message_factory

from kessai.payment.v1 import payment_service_pb2
from kessai.vault.v1 import vault_service_pb2
from kessai_client import Client, Failure

PAYMENTS = payment_service_pb2.DESCRIPTOR.services_by_name["PaymentService"]
VAULT = vault_service_pb2.DESCRIPTOR.services_by_name["VaultService"]


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        steps = json.load(file)
    saved = {"run": os.environ["KESSAI_RUN"]}
    for step in steps:
        result = make(fill(step, saved))
        for name, path in step.get("save", {}).items():
            saved[name] = at(result.get("answer"), path)
        print(json.dumps({"name": step["name"], **result}))


def make(step: dict) -> dict:
    service = VAULT if step.get("service") == VAULT.full_name else PAYMENTS
    input_type = service.methods_by_name[step["method"]].input_type
    request = message_factory.GetMessageClass(input_type)()
    json_format.ParseDict(step["request"], request)
    metadata = [("idempotency-key", step["key"])] if "key" in step else []
    key = step.get("bearer", os.environ["KESSAI_KEY"])
    with Client(os.environ["KESSAI_GRPC"], key) as kessai:
        stub = kessai.vault if service is VAULT else kessai.payments
        method = getattr(stub, step["method"])
        try:
            answer, call = method.with_call(request, metadata=metadata, timeout=30)
        except grpc.RpcError as error:
            failure = Failure.of(error)
            return {
                "error": {
                    "code": failure.code,
                    "reason": failure.reason,
                    "messageJa": failure.message_ja,
                    "violations": list(failure.violations),
                }
            }
        told = [*call.initial_metadata(), *call.trailing_metadata()]
        return {
            "replayed": ("idempotency-replayed", "true") in [tuple(pair) for pair in told],
            "answer": json_format.MessageToDict(answer),
        }


def fill(value, saved: dict):
    """Puts saved values in the place of ${…}."""
    text = json.dumps(value)
    for name, found in saved.items():
        text = text.replace("${" + name + "}", found)
    return json.loads(text)


def at(value, path: str) -> str:
    for name in path.split("."):
        value = value.get(name, {}) if isinstance(value, dict) else {}
    return value if isinstance(value, str) else ""


main()
