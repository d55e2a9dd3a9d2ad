/*
 * The browser's side of the simulated provider: turns a card into a token.
 *
 *   WebcollectTokenLib.createToken(info, onSuccess, onFailure)
 *
 * The card goes from this page to the provider and nowhere else. Exactly one
 * of the two functions is called, once: onSuccess with {token}, onFailure with
 * {errorInfo: [{errorCode, errorMsg, errorItem}]}.
 */
(function (global) {
  "use strict";

  var FIELDS = ["traderCode", "authDiv", "optServDiv", "memberId", "authKey", "checkSum", "cardNo", "cardOwner",
    "cardExp", "securityCode", "cardKey", "lastCreditDate"];
  var TIMEOUT = 30000;

  // The provider is where this script came from. A script is its document's
  // current one only while it is read, so this is asked now.
  var script = document.currentScript || document.querySelector("script.webcollect-embedded-token");
  var address = script ? script.src.replace(/js\/[^\/]*$/, "create") : "";

  var NOT_REACHED = {
    errorCode: "Z012000011",
    errorMsg: "カード会社との通信に失敗しました。時間をおいて再度お試しください。",
    errorItem: ""
  };

  function read(text) {
    var answer;
    try {
      answer = JSON.parse(text);
    } catch (e) {
      return null;
    }
    if (answer && typeof answer.token === "string" && answer.token.length === 16) {
      return { token: answer.token };
    }
    return answer && answer.errorInfo && answer.errorInfo.length ? { errorInfo: answer.errorInfo } : null;
  }

  function createToken(info, onSuccess, onFailure) {
    var request = {};
    for (var i = 0; i < FIELDS.length; i++) {
      var value = info[FIELDS[i]];
      if (value !== undefined && value !== null) {
        request[FIELDS[i]] = String(value);
      }
    }

    var over = false;
    function end(answer) {
      if (over) {
        return;
      }
      over = true;
      if (answer && answer.token) {
        onSuccess(answer);
      } else {
        onFailure(answer || { errorInfo: [NOT_REACHED] });
      }
    }

    var http = new XMLHttpRequest();
    http.open("POST", address, true);
    http.setRequestHeader("Content-Type", "application/json");
    http.timeout = TIMEOUT;
    http.onload = function () { end(read(http.responseText)); };
    http.onerror = http.ontimeout = http.onabort = function () { end(null); };
    http.send(JSON.stringify(request));
  }

  global.WebcollectTokenLib = { createToken: createToken };
})(window);
