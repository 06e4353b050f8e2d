// Expectations of the shared vectors, held against JSON text whose numbers keep their digits.

const MISSING = Symbol('missing');
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** A number of an answer, by its text. */
class Written {
  constructor(text) {
    this.text = text;
  }
}

function asWritten(raw) {
  const text = raw.replace(TOKEN, (token) => (token[0] === '"' ? token : `{"\\u0000number":"${token}"}`));
  return JSON.parse(text, (_, value) =>
    typeof value === 'object' && value !== null && '\u0000number' in value ? new Written(value['\u0000number']) : value);
}

/** JSON with each whole number that a number cannot hold as a bigint. */
export function parseBig(raw) {
  const numbers = (value) => {
    if (value instanceof Written) {
      const whole = /^-?\d+$/.test(value.text) && !Number.isSafeInteger(Number(value.text));
      return whole ? BigInt(value.text) : Number(value.text);
    }
    if (Array.isArray(value)) return value.map(numbers);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, numbers(inner)]));
  };
  return numbers(asWritten(raw));
}

/** What a JSON pointer leads to. */
export function member(tree, pointer) {
  let found = tree;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof found !== 'object' || found === null || found instanceof Written || !Object.hasOwn(found, name)) {
      return MISSING;
    }
    found = found[name];
  }
  return found;
}

function equal(found, wanted) {
  if (Array.isArray(wanted)) {
    return Array.isArray(found) && found.length === wanted.length && wanted.every((one, i) => equal(found[i], one));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof found !== 'object' || found === null || Array.isArray(found) || found instanceof Written) return false;
    const names = Object.keys(wanted);
    return Object.keys(found).length === names.length &&
      names.every((name) => Object.hasOwn(found, name) && equal(found[name], wanted[name]));
  }
  if (typeof wanted === 'number') return found instanceof Written && Number(found.text) === wanted;
  if (typeof wanted === 'bigint') return found instanceof Written && found.text === String(wanted);
  return found === wanted;
}

function typesOf(found) {
  if (found instanceof Written) return Number.isInteger(Number(found.text)) ? ['number', 'integer'] : ['number'];
  if (found === null) return ['null'];
  return [Array.isArray(found) ? 'array' : typeof found];
}

function holds(found, wanted) {
  if ('absent' in wanted) return found === MISSING;
  if (found === MISSING) return false;
  if ('equals' in wanted) return equal(found, wanted.equals);
  if ('text' in wanted) return found instanceof Written && found.text === wanted.text;
  if ('type' in wanted) return typesOf(found).includes(wanted.type);
  if ('pattern' in wanted) return typeof found === 'string' && new RegExp(wanted.pattern, 'u').test(found);
  if ('oneOf' in wanted) return wanted.oneOf.includes(found);
  if (!('min' in wanted || 'max' in wanted) || !(found instanceof Written)) return false;
  const number = Number(found.text);
  return number >= (wanted.min ?? -Infinity) && number <= (wanted.max ?? Infinity);
}

function shown(value) {
  if (value === MISSING) return 'absent';
  return JSON.stringify(value, (_, inner) =>
    inner instanceof Written ? `number ${inner.text}` : typeof inner === 'bigint' ? `number ${inner}` : inner);
}

/** What is not as expected; empty when all is. */
export function differences(raw, expect) {
  const tree = asWritten(raw);
  return Object.entries(expect)
    .map(([pointer, wanted]) => ({ pointer, wanted, found: member(tree, pointer) }))
    .filter(({ found, wanted }) => !holds(found, wanted))
    .map(({ pointer, wanted, found }) => `${pointer} is ${shown(found)}, wanted ${shown(wanted)} in ${raw}`);
}
