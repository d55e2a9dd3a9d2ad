import assert from "node:assert/strict";
import { test } from "node:test";

import { brandOf, codeProblem, digitsOf, formatExpiry, formatNumber, holderOf, holderProblem, numberProblem, parseExpiry } from "../dist/card.js";

/**
 * Completes a prefix to n digits with the right check digit.
 * @param {string} prefix
 * @param {number} n
 */
function full(prefix, n) {
  const body = prefix.padEnd(n - 1, "0");
  for (let digit = 0; digit < 10; digit++) {
    if (numberProblem(body + digit) === "") return body + digit;
  }
  throw new Error(`no card of ${n} digits begins with ${prefix}`);
}

// R01: the brand is known while the number is typed.
test("brands", () => {
  for (const [digits, want] of [
    ["", ""], ["4", "visa"], ["4111", "visa"], ["5", ""], ["51", "mastercard"], ["55", "mastercard"], ["56", ""],
    ["2220", ""], ["2221", "mastercard"], ["2229", "mastercard"], ["2300", "mastercard"], ["2699", "mastercard"], ["2719", "mastercard"], ["2720", "mastercard"], ["2721", ""],
    ["3527", ""], ["3528", "jcb"], ["3530", "jcb"], ["3589", "jcb"], ["3590", ""],
    ["34", "amex"], ["37", "amex"], ["36", "diners"], ["38", "diners"], ["39", "diners"], ["300", "diners"], ["305", "diners"], ["306", ""], ["309", "diners"],
    ["0000", ""], ["6011", ""],
  ]) {
    assert.equal(brandOf(`${digits}`), want, digits);
  }
});

test("what is wrong with a number", () => {
  for (const [prefix, n] of /** @type {[string, number][]} */ ([["4", 16], ["4", 13], ["51", 16], ["2221", 16], ["3528", 16], ["36", 14], ["34", 15]])) {
    const number = full(prefix, n);
    assert.equal(numberProblem(number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10)), "wrong", `${prefix}: check digit`);
    assert.equal(numberProblem(number.slice(0, 8)), "incomplete", `${prefix}: short`);
  }
  assert.equal(numberProblem(""), "missing");
  assert.equal(numberProblem("0000000000000001"), "", "the provider's test cards have no check digit");
  assert.equal(numberProblem(full("4", 16) + "0"), "wrong");
});

test("numbers in any dress", () => {
  assert.equal(digitsOf("４１１１ 1111-1111　1111"), "4111111111111111");
  assert.equal(formatNumber("4111111111111111"), "4111 1111 1111 1111");
  assert.equal(formatNumber("378282246310005"), "3782 822463 10005");
  assert.equal(formatNumber("36000000000008"), "3600 000000 0008");
  assert.equal(formatNumber("41111"), "4111 1");
  assert.equal(formatNumber(""), "");
});

test("expiry", () => {
  const now = new Date(2026, 10, 23);
  for (const text of ["12/28", "1228", "12 / 28", "12/2028", "122028", "１２／２８", "12-28"]) {
    assert.deepEqual(parseExpiry(text, now), { mmyy: "1228", shown: "12/28", problem: "" }, text);
  }
  assert.equal(parseExpiry("1/28", now).mmyy, "0128");
  assert.equal(parseExpiry("11/26", now).problem, "", "the last month counts");
  for (const [text, problem] of [["", "missing"], [" ", "missing"], ["1", "incomplete"], ["12/", "incomplete"], ["12/2", "incomplete"], ["13/28", "wrong"], ["00/28", "wrong"], ["10/26", "past"], ["ab", "wrong"]]) {
    assert.equal(parseExpiry(`${text}`, now).problem, problem, text);
  }
});

test("expiry while it is typed", () => {
  assert.equal(formatExpiry("1"), "1");
  assert.equal(formatExpiry("12"), "12/");
  assert.equal(formatExpiry("12", "12/"), "12", "backspace over the slash");
  assert.equal(formatExpiry("122"), "12/2");
  assert.equal(formatExpiry("9"), "09/");
  assert.equal(formatExpiry("12/28"), "12/28");
  assert.equal(formatExpiry("1/28"), "1/28");
  assert.equal(formatExpiry("１２２８"), "12/28");
});

// R14: where a security code is asked for it has the brand's length.
test("security code and holder", () => {
  assert.equal(codeProblem("", "visa"), "missing");
  assert.equal(codeProblem("12", "visa"), "incomplete");
  assert.equal(codeProblem("123", "visa"), "");
  assert.equal(codeProblem("1234", "visa"), "wrong");
  assert.equal(codeProblem("123", "amex"), "incomplete");
  assert.equal(codeProblem("1234", "amex"), "");
  assert.equal(codeProblem("123", ""), "");
  assert.equal(holderOf(" ｔａｒｏ   yamada "), "TARO YAMADA");
  for (const [name, problem] of [["TARO YAMADA", ""], ["", "missing"], ["山田太郎", "wrong"], ["A", "wrong"], ["J. SMITH-JONES, JR", ""], ["A".repeat(31), "wrong"]]) {
    assert.equal(holderProblem(`${name}`), problem, name);
  }
});
