// Looks for a text in everything that a run leaves behind.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** How a card number may be written. */
export function spellings(number) {
  const groups = number.match(/.{1,4}/g);
  const wide = [...number].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join("");
  const base64 = Buffer.from(number).toString("base64").slice(0, -2);
  return [number, groups.join(" "), groups.join("-"), groups.join("+"), groups.join("%20"), wide, base64];
}

/** The places in which one of the texts is. */
export async function placesOf(written, { texts, folders }) {
  const found = [];
  const look = (place, data) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data);
    for (const spelling of written) if (bytes.includes(spelling)) found.push(`${place}: ${spelling}`);
  };
  for (const [place, data] of texts) look(place, data);
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath ?? entry.path, entry.name);
      look(file, await readFile(file));
    }
  }
  return found;
}
