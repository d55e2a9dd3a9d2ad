// Makes the steps of ../cases/cases.json; see ../cases/doc.go. The second
// argument is the protocol, "connect" or "grpc".
import { readFileSync } from "node:fs";
import { argv, env } from "node:process";

import { fromJson, toJson } from "@bufbuild/protobuf";

import { createKessaiClient, failure } from "./src/index.js";
import { PaymentService } from "./gen/kessai/payment/v1/payment_service_pb.js";
import { VaultService } from "./gen/kessai/vault/v1/vault_service_pb.js";

const protocol = argv[3] === "grpc" ? "grpc" : "connect";
const baseUrl = protocol === "grpc" ? `http://${env.KESSAI_GRPC}` : `${env.KESSAI_URL}`;
const steps = JSON.parse(readFileSync(argv[2], "utf8"));
/** @type {Record<string, string>} */
const saved = { run: `${env.KESSAI_RUN}` };

for (const step of steps) {
  const result = await make(fill(step));
  for (const [name, path] of Object.entries(step.save ?? {})) {
    saved[name] = path.split(".").reduce((/** @type {any} */ value, /** @type {string} */ key) => value?.[key], result.answer) ?? "";
  }
  console.log(JSON.stringify({ name: step.name, ...result }));
}

/**
 * @param {any} step
 * @returns {Promise<any>}
 */
async function make(step) {
  const service = step.service === VaultService.typeName ? VaultService : PaymentService;
  /** @type {any} */
  const client = createKessaiClient(service, { baseUrl, key: step.bearer ?? env.KESSAI_KEY, protocol });
  const method = service.methods.find((found) => found.name === step.method);
  if (!method) {
    throw new Error(`there is no ${step.method}`);
  }
  let replayed = false;
  const see = (/** @type {Headers} */ told) => {
    replayed ||= told.get("Idempotency-Replayed") === "true";
  };
  try {
    const answer = await client[method.localName](fromJson(method.input, step.request), {
      headers: step.key ? { "Idempotency-Key": step.key } : {},
      timeoutMs: 30_000,
      onHeader: see,
      onTrailer: see,
    });
    return { replayed, answer: toJson(method.output, answer) };
  } catch (error) {
    const { code, reason, messageJa, violations } = failure(error);
    return { error: { code, reason, messageJa, violations: violations.map(({ field }) => field) } };
  }
}

/**
 * Puts saved values in the place of ${…}.
 * @param {any} value
 */
function fill(value) {
  let text = JSON.stringify(value);
  for (const [name, found] of Object.entries(saved)) {
    text = text.replaceAll("${" + name + "}", found);
  }
  return JSON.parse(text);
}
