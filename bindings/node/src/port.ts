// The way from the addon's threads to this event loop: answers to their clients, results to their calls, lines to the log.

import { addon, Kind, Method } from './native';

/** What a client wants to know. */
export interface Receiver {
  answer(ticket: number, text: string): void;
  ended(): void;
}

const receivers = new Map<number, Receiver>();
const calls = new Map<number, (text: string) => void>();
let lines: ((level: number, line: string) => void) | undefined;
let called = 0;
let held = 0;

/** Keeps the process running until `release`: a caller waits for an answer. */
export function retain(): void {
  held += 1;
  if (held === 1) addon.hold(true);
}

export function release(): void {
  held -= 1;
  if (held === 0) addon.hold(false);
}

/** Has the answers of a client received; an Error when the system has no thread for it. */
export function watch(client: number, receiver: Receiver): void {
  receivers.set(client, receiver);
  if (addon.watch(client)) return;
  receivers.delete(client);
  throw new Error('captask: the system has no thread left for the receiver');
}

/** Calls a function of the library that blocks, on a thread of the addon; its answer as text. */
export function call(
  method: keyof typeof Method,
  handle: number,
  first: string | null = null,
  second: string | null = null,
): Promise<string> {
  return new Promise((resolve, reject) => {
    called = (called + 1) % 0x7fffffff;
    if (!addon.call(called, Method[method], handle, first, second)) {
      reject(new Error('captask: the system has no thread left for a call'));
      return;
    }
    retain();
    calls.set(called, resolve);
  });
}

/** Closes a client or a sandbox; the addon forgets it. */
export async function close(handle: number): Promise<void> {
  await call('close', handle);
  addon.forget(handle);
}

/** Who takes log lines. */
export function setLines(taker: typeof lines): void {
  lines = taker;
}

function take(kind: number, number: number, ticket: number, text: string): void {
  if (kind === Kind.answer) {
    receivers.get(number)?.answer(ticket, text);
  } else if (kind === Kind.ended) {
    const receiver = receivers.get(number);
    receivers.delete(number);
    receiver?.ended();
  } else if (kind === Kind.result) {
    const resolve = calls.get(number);
    if (resolve === undefined) return;
    calls.delete(number);
    release();
    resolve(text);
  } else if (kind === Kind.log) {
    lines?.(number, text);
  }
}

addon.start((messages, more, lost) => {
  // In turns, so that other work of the loop gets in between.
  if (more) setImmediate(() => addon.drain());
  for (let i = 0; i < messages.length; i += 4) {
    take(messages[i] as number, messages[i + 1] as number, messages[i + 2] as number, messages[i + 3] as string);
  }
  if (lost > 0) lines?.(2, `${lost} log lines were dropped: the event loop did not take them in time`);
});
