// Stands between kessai and the simulated provider: it remembers what was asked
// and can keep a question or an answer back until a test lets it go.
import { createServer, request } from "node:http";
import { buffer } from "node:stream/consumers";

export class Provider {
  /** Every call of the gateway, oldest first: { function, order, fields }. */
  asked = [];
  #holds = [];
  #server;

  constructor(simulator) {
    this.simulator = simulator;
  }

  async start() {
    this.#server = createServer((from, to) => this.#pass(from, to).catch(() => to.destroy()));
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.base = `http://127.0.0.1:${this.#server.address().port}`;
    return this;
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  /** How often the provider was asked a function about an acceptance number, by its own log. */
  async count(name, order) {
    return (await this.admin("calls", { orderNo: order, function: name })).calls.length;
  }

  /** What one server asked, as it was sent. */
  of(name, order) {
    return this.asked.filter((call) => call.function === name && call.order === order);
  }

  /**
   * Keeps the next such call back: "question" before the provider sees it,
   * "answer" once the provider has done it. `reached` resolves when it is there;
   * then `release` lets it go on, and `lose` never does.
   */
  hold(name, order, what) {
    const one = { name, order, what };
    one.reached = new Promise((resolve) => (one.arrive = resolve));
    const free = new Promise((resolve, reject) => {
      one.release = resolve;
      one.lose = () => reject(new Error("lost on the way"));
    });
    one.wait = () => (one.arrive(), free);
    this.#holds.push(one);
    return one;
  }

  #holding(call, what) {
    const i = this.#holds.findIndex((one) => one.what === what && one.name === call?.function && one.order === call.order);
    return i < 0 ? undefined : this.#holds.splice(i, 1)[0].wait();
  }

  async #pass(from, to) {
    const body = await buffer(from);
    const call = read(from, body);
    if (call) this.asked.push(call);
    await this.#holding(call, "question");
    const answer = await this.#ask(from, body);
    await this.#holding(call, "answer");
    to.writeHead(answer.statusCode, answer.headers);
    to.end(answer.body);
  }

  #ask(from, body) {
    return new Promise((resolve, reject) => {
      // The Host stays: the provider's pages are to lead back here.
      const on = request(this.simulator + from.url, { method: from.method, headers: from.headers }, async (answer) => {
        try {
          resolve({ statusCode: answer.statusCode, headers: answer.headers, body: await buffer(answer) });
        } catch (error) {
          reject(error);
        }
      });
      on.on("error", reject);
      on.end(body);
    });
  }

  /** An operator's call at the simulator. */
  async admin(path, body = {}) {
    const answer = await fetch(`${this.simulator}/admin/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`/admin/${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

function read(from, body) {
  if (!from.url.endsWith(".api")) return undefined;
  const fields = Object.fromEntries(new URLSearchParams(body.toString("utf8")));
  return { function: fields.function_div, order: fields.order_no ?? "", fields };
}
