// Finds and loads the addon and the captask library. Everything else here speaks TypeScript.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What a message is; the same numbers are in native/port.h. */
export const Kind = { answer: 0, ended: 1, result: 2, log: 3 } as const;

/** The functions that block; the same numbers are in native/addon.c. */
export const Method = {
  createTask: 0,
  getTaskResult: 1,
  getBalance: 2,
  getUserAgent: 3,
  reportIncorrect: 4,
  call: 5,
  close: 6,
} as const;

/** Takes messages, four entries each: kind, number, ticket, text; whether there are more; and how many log lines are lost. */
export type Handler = (messages: Array<number | string | null>, more: boolean, lost: number) => void;

/** The addon: what each function does, native/addon.c says. */
export interface Addon {
  load(path: string): string | null;
  start(handler: Handler): void;
  version(): string;
  hold(whether: boolean): void;
  drain(): void;
  open(config: string, journal: boolean): number | string;
  sandboxOpen(config: string): number | string;
  watch(client: number): boolean;
  leave(client: number): void;
  stop(client: number): boolean;
  forget(handle: number): void;
  submit(client: number, request: string): number | string;
  cancel(client: number, ticket: number): boolean;
  inspect(handle: number): string;
  check(request: string): string;
  describe(topic: string | null): string;
  call(number: number, method: number, handle: number, first: string | null, second: string | null): boolean;
  setLog(level: number): void;
  logTo(path: string | null, level: number): string | null;
}

const root = join(__dirname, '..');
const platform = `${process.platform}-${process.arch}`;
const places = [join(root, 'prebuilds', platform), join(root, 'build')];

function loadAddon(): Addon {
  const reasons: string[] = [];
  for (const path of places.map((place) => join(place, 'captask.node'))) {
    if (!existsSync(path)) continue;
    try {
      return require(path) as Addon;
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `captask: the addon for ${platform} ` +
      (reasons.length > 0 ? `cannot be loaded (${reasons.join('; ')})` : `is not in ${places.join(' or ')}`) +
      `; with a C compiler, "npm rebuild captask" builds it`,
  );
}

/** Where the library may be: what CAPTASK_LIBRARY names, and nothing else; or the package's own, then the system's. */
function libraries(): string[] {
  const named = process.env['CAPTASK_LIBRARY'];
  if (named) return [named];
  const [own, system] =
    process.platform === 'win32'
      ? ['captask.dll', ['captask.dll']]
      : process.platform === 'darwin'
        ? ['libcaptask.dylib', ['libcaptask.0.dylib', 'libcaptask.dylib']]
        : ['libcaptask.so', ['libcaptask.so.0', 'libcaptask.so']];
  return [...[...places, root].map((place) => join(place, own)).filter((path) => existsSync(path)), ...system];
}

function load(): Addon {
  const addon = loadAddon();
  const reasons: string[] = [];
  for (const path of libraries()) {
    const reason = addon.load(path);
    if (reason === null) return addon;
    reasons.push(reason);
  }
  throw new Error(
    process.env['CAPTASK_LIBRARY']
      ? `captask: the library that CAPTASK_LIBRARY names cannot be loaded: ${reasons.join('; ')}`
      : `captask: the captask library is neither in the package (${places[0]}) nor on the system: ` +
        `${reasons.join('; ')}; install it, or set CAPTASK_LIBRARY to its path`,
  );
}

export const addon: Addon = load();
