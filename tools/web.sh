#!/usr/bin/env bash
# Builds what browsers are given: the TypeScript client's browser side as ES
# modules with types, and the checkout page as one script and one style sheet.
# Names are fixed and the same source gives the same bytes, so that what is
# committed can be compared.
set -euo pipefail
cd "$(dirname "$0")/.."

tsc=client/typescript/node_modules/.bin/tsc
page=internal/checkout/page
dist=internal/checkout/dist
notice='/*! kessai; with @bufbuild/protobuf (Apache-2.0 and BSD-3-Clause) and @connectrpc/connect (Apache-2.0) */'

rm -rf client/typescript/dist "$dist"
$tsc -p client/typescript/tsconfig.browser.json
$tsc -p "$page"

bundle() {
	tools/node_modules/.bin/esbuild "$1" --bundle --minify --target=es2022,safari16 --log-level=warning --outfile="$dist/$2" "${@:3}"
}
bundle "$page/main.ts" checkout.js --format=esm --banner:js="$notice"
bundle "$page/checkout.css" checkout.css
bundle client/typescript/browser/checkout.ts kessai-checkout.js --format=esm --banner:js="$notice"
cp "$page/index.html" "$dist/"
