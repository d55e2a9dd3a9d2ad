// A redis-server of its own, on a free port.
import { createConnection, createServer } from "node:net";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { Program, scratch } from "./kessai.js";

export class Redis {
  async start() {
    this.port ??= await freePort();
    const dir = join(scratch, "redis");
    await mkdir(dir, { recursive: true });
    this.program ??= new Program("redis-server", ["--port", String(this.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", dir]);
    await this.program.start(/Ready to accept connections/);
    this.url = `redis://127.0.0.1:${this.port}/0`;
    return this;
  }

  stop() {
    return this.program.stop();
  }

  /** Every key with all that it holds, as text. */
  async everything() {
    const found = [];
    let cursor = "0";
    do {
      const [next, keys] = await this.#ask("SCAN", cursor, "COUNT", "1000");
      cursor = next;
      for (const key of keys) found.push(key, JSON.stringify(await this.#read(key)));
    } while (cursor !== "0");
    return found;
  }

  async #read(key) {
    const type = await this.#ask("TYPE", key);
    const how = { string: ["GET", key], hash: ["HGETALL", key], set: ["SMEMBERS", key], zset: ["ZRANGE", key, "0", "-1"], list: ["LRANGE", key, "0", "-1"] }[type];
    if (!how) throw new Error(`a key of type ${type} was not expected`);
    return this.#ask(...how);
  }

  /** One command on a connection of its own. */
  #ask(...words) {
    return new Promise((resolve, reject) => {
      const socket = createConnection(this.port, "127.0.0.1");
      let answer = Buffer.alloc(0);
      socket.on("error", reject);
      socket.on("data", (data) => {
        answer = Buffer.concat([answer, data]);
        const read = parse(answer, 0);
        if (!read) return;
        socket.destroy();
        read.value instanceof Error ? reject(read.value) : resolve(read.value);
      });
      socket.write(`*${words.length}\r\n` + words.map((w) => `$${Buffer.byteLength(w)}\r\n${w}\r\n`).join(""));
    });
  }
}

/** Reads one answer of RESP2; undefined while it is not whole. */
function parse(data, from) {
  const line = data.indexOf("\r\n", from);
  if (line < 0) return undefined;
  const head = data.toString("latin1", from + 1, line);
  const next = line + 2;
  switch (String.fromCharCode(data[from])) {
    case "+":
      return { value: head, next };
    case "-":
      return { value: new Error(head), next };
    case ":":
      return { value: Number(head), next };
    case "$": {
      const length = Number(head);
      if (length < 0) return { value: null, next };
      return data.length < next + length + 2 ? undefined : { value: data.toString("latin1", next, next + length), next: next + length + 2 };
    }
    case "*": {
      const value = [];
      let at = next;
      for (let i = 0; i < Number(head); i++) {
        const one = parse(data, at);
        if (!one) return undefined;
        value.push(one.value);
        at = one.next;
      }
      return { value, next: at };
    }
  }
  throw new Error(`not an answer of Redis: ${data.toString("latin1", from, from + 40)}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
