// A shop's own payment page: what it takes to put kessai-checkout into it.
import { KessaiCheckout, CheckoutError } from "/assets/kessai-checkout.js";

const form = document.getElementById("card");
const say = (text) => (document.getElementById("say").textContent = text);
const english = navigator.language.toLowerCase().startsWith("en");

// The client secret is behind the #; it is taken out of the address at once.
const secret = location.hash.startsWith("#cs_") ? location.hash.slice(1) : undefined;
if (secret) history.replaceState(null, "", location.pathname + location.search);
const payment = new URLSearchParams(location.search).get("payment") ?? "";
const options = { baseUrl: location.origin, payment, clientSecret: secret, language: english ? "en" : "ja" };

try {
  // A fresh page is opened; one that 3-D Secure came back to is resumed.
  const back = secret ? undefined : await KessaiCheckout.resume(options);
  const checkout = back?.checkout ?? (await KessaiCheckout.open(options));
  show(back ?? checkout.outcome);

  form.onsubmit = async (event) => {
    event.preventDefault();
    const outcome = await checkout.pay(Object.fromEntries(new FormData(form))).catch((error) => error);
    if (outcome instanceof CheckoutError) fail(outcome);
    else show(outcome.state === "pending" ? await checkout.wait() : outcome);
  };
} catch (error) {
  say(CheckoutError.from(error, options.language).message);
}

function show({ state, message }) {
  if (state === "authorized") location.replace(`/demo/thanks?payment=${payment}`);
  form.hidden = !["ready", "declined", "challenge"].includes(state);
  say(message ?? "");
}

function fail({ message, fields }) {
  say(message);
  for (const { name } of form.elements) {
    if (name) document.getElementById(`fault-${name}`).textContent = fields[name]?.text ?? "";
  }
}
