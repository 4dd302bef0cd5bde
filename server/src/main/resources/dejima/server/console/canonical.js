// Texts and bytes that have exactly one form each: UTF-8, base64 (RFC 4648 §4), JSON (RFC 8785).
// Whatever is in another form is refused, so that what was checked and what is shown are one thing.

/** A check that does not hold. The code names its sentence among the words. */
export class Refused extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

export const requireThat = (holds, code, values) => {
  if (!holds) throw new Refused(code, values);
};

const DEEPEST = 64;

export const utf8 = (text) => new TextEncoder().encode(text);

export const textOf = (bytes) => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused('utf8');
  }
};

export const joined = (...parts) => {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

export const same = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);

export const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));

export const base64 = (bytes) => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
};

/** The bytes of the one base64 text that they have; of exactly so many bytes where a length is given. */
export const unbase64 = (text, length) => {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new Refused('base64');
  }
  requireThat(base64(bytes) === text, 'base64');
  requireThat(length === undefined || bytes.length === length, 'base64');
  return bytes;
};

/** A value as RFC 8785 writes it: JavaScript's own texts of strings and numbers, names in the order of UTF-16. */
export const canonical = (value, depth = 0) => {
  requireThat(depth <= DEEPEST, 'json');
  if (typeof value === 'string') {
    requireThat(value.isWellFormed(), 'json');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') requireThat(Number.isFinite(value), 'json');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  return `{${Object.keys(value).sort().map((name) => `${canonical(name)}:${canonical(value[name], depth + 1)}`).join(',')}}`;
};

/** Reads JSON in its canonical form alone: a name twice, a space or another escape changes the text. */
export const readCanonical = (bytes) => {
  const text = textOf(bytes);
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused('json');
  }
  requireThat(canonical(value) === text, 'json');
  return value;
};

/** The base64 SHA-256 by which other entries name a body. */
export const canonicalHash = async (value) => base64(await sha256(utf8(canonical(value))));

// Members of objects from outside. A member counts only if it is the object's own and of the type asked for.

const own = (object, name) => (isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined);

export const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

export const member = own;

export const string = (object, name) => (typeof own(object, name) === 'string' ? object[name] : undefined);

export const integer = (object, name) => (Number.isSafeInteger(own(object, name)) ? object[name] : undefined);

export const array = (object, name) => (Array.isArray(own(object, name)) ? object[name] : undefined);

export const hasExactly = (object, ...names) => isObject(object) && Object.keys(object).length === names.length && names.every((name) => Object.hasOwn(object, name));
