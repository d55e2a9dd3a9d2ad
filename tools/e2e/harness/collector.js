// Takes traces, and keeps them as they came.
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

export async function startCollector() {
  const got = [];
  const server = createServer(async (from, to) => {
    got.push(await buffer(from));
    to.writeHead(200, { "Content-Type": "application/x-protobuf" }).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    got,
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}
