// JSON in which integers beyond 2^53 are bigint, and bytes are base64.

import { randomUUID } from 'node:crypto';

// It cannot be guessed, so no text of a task or an answer holds it by intent.
const mark = `bigint-${randomUUID()}:`;
const marked = new RegExp(`"${mark}(-?\\d+)"`, 'g');

/** What it is that has no form in JSON; undefined when it has one. Members of such names may be in any object. */
function kindOf(value: object): string | undefined {
  const has = (name: string): boolean => typeof (value as Record<string, unknown>)[name] === 'function';
  if (has('then')) return 'a Promise (await it first)';
  if (has('arrayBuffer')) return 'a Blob (pass Buffer.from(await blob.arrayBuffer()))';
  if (has('pipe') || has('getReader')) return 'a stream (read it first)';
  if (value instanceof Map || value instanceof Set) return 'a Map or Set';
  return undefined;
}

/** The JSON text of a value. Throws a TypeError that names the member which has no form in JSON. */
export function encode(value: unknown): string {
  let big = false;
  const text = JSON.stringify(value, function (this: Record<string, unknown>, key: string, shown: unknown): unknown {
    if (typeof shown === 'string') return shown;
    if (typeof shown === 'bigint') {
      big = true;
      return `${mark}${shown}`;
    }
    if (typeof shown === 'number' && !Number.isFinite(shown)) {
      throw new TypeError(`captask: ${key} is ${shown}, which JSON has no number for`);
    }
    if (typeof shown === 'function' || typeof shown === 'symbol') {
      throw new TypeError(`captask: ${key} is a ${typeof shown}`);
    }
    // Before toJSON, which Buffer has.
    const given = this[key];
    if (typeof given !== 'object' || given === null) return shown;
    if (ArrayBuffer.isView(given)) {
      return Buffer.from(given.buffer, given.byteOffset, given.byteLength).toString('base64');
    }
    if (given instanceof ArrayBuffer) return Buffer.from(given).toString('base64');
    const kind = kindOf(given);
    if (kind !== undefined) throw new TypeError(`captask: ${key} is ${kind}`);
    return shown;
  });
  return big ? text.replace(marked, '$1') : text;
}

/** The value of a JSON text. */
export function decode(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(protect(text), (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}

/** The text with each integer that a number cannot hold as a marked string. */
function protect(text: string): string {
  const next = /"|-?\d[\d.eE+-]*/g;
  let out = '';
  let from = 0;
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    const [token] = found;
    if (token === '"') {
      next.lastIndex = stringEnd(text, next.lastIndex);
    } else if (/^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token))) {
      out += `${text.slice(from, found.index)}"${mark}${token}"`;
      from = next.lastIndex;
    }
  }
  return out + text.slice(from);
}

/** The place behind the string's closing quote; `at` is behind the opening one. */
function stringEnd(text: string, at: number): number {
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** For JSON.stringify, which knows no bigint: the digits as a string. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, within]) => [name, plain(within)]));
}
