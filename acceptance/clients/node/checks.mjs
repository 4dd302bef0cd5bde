// Runs named checks one after the other and prints one JSON line for each.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that goes when the process does, also when that fails or is told to end. */
export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), `dejima-${name}-`));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  process.on('SIGTERM', () => process.exit(143));
  return folder;
}

export class Failure extends Error {}

export function must(condition, message) {
  if (!condition) {
    throw new Failure(message);
  }
}

export async function mustThrow(type, action, ...words) {
  try {
    await action();
  } catch (error) {
    must(error instanceof type, `expected ${type.name}, got ${error.constructor.name}: ${error.message}`);
    for (const word of words) {
      must(error.message.includes(word), `the message lacks '${word}': ${error.message}`);
    }
    return error;
  }
  throw new Failure(`expected ${type.name}, got an answer`);
}

export async function run(checks) {
  for (const [name, check] of Object.entries(checks)) {
    let error = '';
    try {
      await check();
    } catch (failed) {
      error = failed instanceof Failure ? failed.message : String(failed.stack ?? failed);
    }
    console.log(JSON.stringify({ check: name, error }));
  }
}
