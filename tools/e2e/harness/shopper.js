// A shopper: one browser context with one page, and what they do on it.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";

import { chromium } from "playwright-core";

/** Where the pictures are; they stay after the run. */
export const pictures = new URL("../screenshots/", import.meta.url).pathname;

let browser;

export async function openBrowser() {
  await mkdir(pictures, { recursive: true });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });
}

export const closeBrowser = () => browser?.close();

const desktop = { viewport: { width: 1100, height: 900 } };
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

/** Test cards, by what they do. */
export const cards = {
  visa: "0000000000000001",
  mastercard: "0000000000010001",
  jcb: "0000000000020001",
  amex: "0000000000030001",
  frictionless: "0000000000050001",
  attempted: "0000000000060001",
  notEnrolled: "0000000000070001",
  notRun: "0000000000090001",
  refused: "0000000000100001",
  lost: "0000000000120001",
};

export class Shopper {
  /** What the page sent to kessai. */
  sent = [];
  faults = [];
  typed = new Set();

  static async arrive({ protocol = "connect", language = "ja-JP", ...device } = {}) {
    const one = new Shopper();
    one.protocol = protocol;
    one.context = await browser.newContext({ locale: language, ...desktop, ...device });
    one.context.setDefaultTimeout(20_000);
    one.context.on("request", (request) => one.sent.push({ url: request.url(), body: request.postDataBuffer(), headers: request.headers() }));
    one.context.on("weberror", (error) => one.faults.push(String(error.error())));
    one.context.on("console", (message) => {
      if (/Content Security Policy|Refused to/i.test(message.text())) one.faults.push(message.text());
    });
    one.page = await one.context.newPage();
    return one;
  }

  /** Leaves, and says what was wrong meanwhile: errors in a page, and a card number that went where it must not. */
  async leave() {
    const { sent } = this;
    await this.context.close();
    assert.deepEqual(this.faults, [], "a page went wrong");
    for (const number of this.typed) {
      for (const { url, body } of sent) {
        if (url.includes("/test_gateway/token/create")) continue; // the provider, who is to have it
        assert.ok(!url.includes(number) && !body?.includes(number), `the card number went to ${url}`);
      }
    }
  }

  /** A second tab of the same browser. */
  async tab() {
    const other = Object.assign(Object.create(Shopper.prototype), this);
    other.page = await this.context.newPage();
    return other;
  }

  by(testid) {
    return this.page.getByTestId(testid);
  }

  /** The address of a payment's checkout page. */
  address({ server, id, secret }) {
    const query = this.protocol === "connect" ? "" : `?protocol=${this.protocol}`;
    return `${server.base}/checkout/${id}${query}#${secret}`;
  }

  async open(payment, view = "form") {
    await this.page.goto(this.address(payment));
    await this.view(view);
  }

  /** Waits for a view of the checkout page. */
  async view(name, timeout = 20_000) {
    const shown = this.page.locator(`[data-testid=view][data-view=${name}]`);
    try {
      await shown.waitFor({ timeout });
    } catch (error) {
      const now = await this.page.locator("body").innerText().catch(() => "nothing");
      throw new Error(`the view ${name} does not come; ${this.page.url()} shows:\n${now}`, { cause: error });
    }
  }

  /** Types a card. */
  async type(number, { expiry = "12/30", code = "123", holder = "TARO YAMADA", installments, save } = {}) {
    this.typed.add(number);
    if (await this.by("card-new").isVisible()) await this.by("card-new").check();
    await this.by("number").fill(number);
    await this.by("expiry").fill(expiry);
    if (code) await this.by("security-code").fill(code);
    await this.by("holder").fill(holder);
    if (installments) await this.by("installments").selectOption(String(installments));
    if (save !== undefined) await this.by("save-card").setChecked(save);
  }

  pay() {
    return this.by("pay").click();
  }

  async buy(number, how) {
    await this.type(number, how);
    await this.pay();
  }

  /** Waits for the issuer's page. */
  async issuer() {
    await this.page.locator("#authenticate").waitFor();
  }

  /** What is done at the issuer's: authenticate, fail or cancel. */
  async answer(action) {
    await this.issuer();
    if (action === "authenticate") await this.page.locator("#otp").fill("1234");
    await this.page.locator(`#${action}`).click();
  }

  /** Takes pictures of the page as it is, on desktop and phone; in both languages where one can choose. */
  async picture(name, { languages } = {}) {
    const { page } = this;
    const before = page.viewportSize();
    const sizes = { desktop: desktop.viewport, phone: phone.viewport };
    languages ??= (await this.by("language-ja").count()) > 0 ? ["en", "ja"] : [""];
    for (const language of languages) {
      if (language) await this.by(`language-${language}`).click();
      for (const [device, size] of Object.entries(sizes)) {
        await page.setViewportSize(size);
        const file = [name, language, device].filter(Boolean).join("-");
        await page.screenshot({ path: `${pictures}${file}.png`, fullPage: true, animations: "disabled" });
      }
    }
    await page.setViewportSize(before);
  }
}
