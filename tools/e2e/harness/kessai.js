// Builds the server once and runs it as a process of its own, on free ports and
// in a folder of its own.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { digest } from "./digest.js";

const root = new URL("../../..", import.meta.url).pathname;
const run = promisify(execFile);

/** Everything the run leaves behind lies here, and is removed at its end. */
export const scratch = await mkdtemp(join(tmpdir(), "kessai-e2e-"));

/** The program; building it takes part of the run. */
export const binary = join(scratch, "kessai");

export async function build() {
  await run("go", ["build", "-o", binary, "./server"], { cwd: root, maxBuffer: 1 << 24 });
}

export async function tidy() {
  await rm(scratch, { recursive: true, force: true });
}

/** A program under test. `said` is all it ever wrote. */
export class Program {
  said = "";
  #child;
  #ended;

  constructor(command, args, options = {}) {
    Object.assign(this, { command, args, options });
  }

  /** Starts it, and waits for what it says when it is ready. */
  async start(ready) {
    const child = spawn(this.command, this.args, { stdio: ["ignore", "pipe", "pipe"], ...this.options });
    this.#child = child;
    const from = this.said.length;
    this.#ended = new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
    const found = new Promise((resolve, reject) => {
      const hear = (data) => {
        this.said += data;
        const match = ready.exec(this.said.slice(from));
        if (match) resolve(match);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("error", reject);
      this.#ended.then(({ code, signal }) => reject(new Error(`${this.command} ended with ${code ?? signal}:\n${this.said.slice(from)}`)));
    });
    return found;
  }

  /** Tells it to stop and waits until it has. */
  async stop(signal = "SIGTERM") {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#ended;
    this.#child.kill(signal);
    return this.#ended;
  }

  /** No handler runs, nothing is flushed. */
  kill() {
    return this.stop("SIGKILL");
  }
}

/**
 * A server of payments: with shops of its own and the provider named, or with
 * the demo shops and its own simulated provider.
 */
export class Kessai {
  constructor(name, { provider, shops, redis, env = {} } = {}) {
    Object.assign(this, { name, provider, shops, redis, env });
    this.data = join(scratch, name);
    this.listen = "127.0.0.1:0";
  }

  async start() {
    const args = ["--data", this.data, "--listen", this.listen, "--grpc-listen", "127.0.0.1:0", "--log-level", "debug"];
    args.push(...(this.provider ? ["--provider", `${this.provider}/test_gateway`] : ["--simulator-listen", "127.0.0.1:0"]));
    if (this.redis) args.push("--redis", this.redis);
    if (this.shops) args.push("--config", await this.#config());
    this.program ??= new Program(binary, args, { env: { ...process.env, ...this.env } });
    this.program.args = args;
    const [, base, simulator] = await this.program.start(/^kessai +(http:\/\/\S+) (?:[\s\S]*^simulator +(http:\/\/\S+)\/ )?[\s\S]*^data /m);
    Object.assign(this, { base, simulator });
    this.listen = new URL(base).host; // where it is found again
    return this;
  }

  stop() {
    return this.program.stop();
  }

  /** SIGKILL. After another start it is found at the same address, with the same books. */
  kill() {
    return this.program.kill();
  }

  /** The key of one of its shops. */
  key(shop) {
    if (!this.shops) return { demo: "sk_test_demo", "demo-3ds": "sk_test_demo_3ds" }[shop];
    return `sk_test_${shop.replaceAll("-", "_")}`;
  }

  async #config() {
    const accessKeyFile = join(scratch, "access.key");
    await writeFile(accessKeyFile, "1111111", { mode: 0o600 });
    const file = join(scratch, `${this.name}.json`);
    const flags = { testAllowed: true, vault: true, threeDSecure: true, noSecurityCode: true, amountIncrease: true, captureByCode99: true };
    await writeFile(
      file,
      JSON.stringify({
        contracts: [{ id: "main", traderCode: "888889999", accessKeyFile, flags }],
        shops: Object.entries(this.shops).map(([id, settings]) => ({ id, name: id, contracts: { TEST: "main" }, ...settings })),
        keys: Object.keys(this.shops).map((shop) => ({
          sha256: digest(this.key(shop)), shop, environment: "TEST", scopes: ["storefront", "operator"], expires: "2099-12-31T23:59:59+09:00",
        })),
      }),
    );
    return file;
  }

  /** One call over REST, as the shop's server makes it. */
  async call(shop, method, path, body) {
    const answer = await fetch(`${this.base}/v1/${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.key(shop)}`, "Idempotency-Key": crypto.randomUUID(), "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
    const said = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(said)}`), { status: answer.status });
    return said;
  }

  /** A payment to be paid in a browser. */
  async payment(shop, wish = {}) {
    const made = await this.call(shop, "POST", "payments", { amount: 5080, orderNumber: `E-${crypto.randomUUID().slice(0, 18)}`, ...wish });
    const id = made.name.slice("payments/".length);
    return { server: this, shop, id, name: made.name, secret: made.clientSecret, order: made.orderNumber, amount: made.amount, number: id.toUpperCase() };
  }

  /** How the payment stands, for the shop. */
  read({ shop, name }) {
    return this.call(shop, "GET", name);
  }
}
