"""Verifies the messages of ../cases/webhooks.json; see ../cases/doc.go."""

import json
import sys

from kessai_client import Webhook, WebhookError

with open(sys.argv[1], encoding="utf-8") as file:
    cases = json.load(file)
for case in cases:
    webhook = Webhook(*case["secrets"], seen=case["seen"].__contains__)
    try:
        event = webhook.verify(case["headers"], case["body"].encode(), now=case["now"])
        result = f"{event.type} {event.sequence}"
    except WebhookError as error:
        result = error.reason
    print(json.dumps({"name": case["name"], "result": result}))
