// A shop's own page, on an origin that is not kessai's: the ten lines of
// docs/checkout.md.
import { createServer } from "node:http";

const page = (kessai) => `<!doctype html>
<html lang="ja"><meta charset="utf-8"><title>shop</title><link rel="icon" href="data:,">
<p data-testid="say"></p>
<form data-testid="card" hidden>
<input name="number" data-testid="number"><input name="expiry" data-testid="expiry">
<input name="securityCode" data-testid="security-code"><input name="holder" data-testid="holder">
<button data-testid="pay">pay</button>
</form>
<script type="module">
  import { KessaiCheckout, CheckoutError } from "${kessai}/assets/kessai-checkout.js";
  const form = document.querySelector("form");
  const say = (text) => (document.querySelector("p").textContent = text);
  const query = new URLSearchParams(location.search);
  const options = { baseUrl: "${kessai}", payment: query.get("payment"), protocol: query.get("protocol") ?? undefined, clientSecret: location.hash.slice(1) || undefined };
  const back = options.clientSecret ? undefined : await KessaiCheckout.resume(options);
  const checkout = back?.checkout ?? (await KessaiCheckout.open(options));
  say(back ? back.state : "open");
  form.hidden = false;
  form.onsubmit = async (event) => {
    event.preventDefault();
    const outcome = await checkout.pay(Object.fromEntries(new FormData(form))).catch((error) => error);
    say(outcome instanceof CheckoutError ? Object.keys(outcome.fields).join() || outcome.reason : outcome.state);
  };
</script></html>`;

export async function startStorefront(kessai) {
  const server = createServer((_, to) => to.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(page(kessai)));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}
