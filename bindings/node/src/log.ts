// The library's log. Lines come through the event loop, so a listener may do what it likes.

import { checkFunction } from './arguments';
import { CaptaskError } from './error';
import { addon } from './native';
import { setLines } from './port';

const levels = ['off', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** How detailed: each level has the lines of those before it. */
export type LogLevel = (typeof levels)[number];

/** Takes one line. No key, password or cookie is ever in one. */
export type LogListener = (level: LogLevel, line: string) => void;

const listeners = new Map<symbol, { listener: LogListener; level: number }>();

function levelOf(level: LogLevel): number {
  const number = levels.indexOf(level);
  if (number < 0) throw new TypeError(`captask: the log level ${String(level)} is none of ${levels.join(', ')}`);
  return number;
}

function adjust(): void {
  const most = Math.max(0, ...[...listeners.values()].map((one) => one.level));
  setLines(most > 0 ? hand : undefined);
  addon.setLog(most);
}

function hand(number: number, line: string): void {
  for (const { listener, level } of [...listeners.values()]) {
    if (number > level) continue;
    try {
      listener(levels[number] ?? 'trace', line);
    } catch (error) {
      // As with any listener: it goes to 'uncaughtException', and to no task.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}

/**
 * Has `listener` called with each line of the library's log, on this event loop. It does not keep the process running.
 * The log is the process's: every worker that listens gets every line. Returns a function that ends it.
 */
export function onLog(listener: LogListener, level: LogLevel = 'info'): () => void {
  checkFunction(listener, 'the listener', 'onLog((level, line) => console.error(level, line))');
  const key = Symbol('listener');
  listeners.set(key, { listener, level: levelOf(level) });
  adjust();
  return () => {
    if (listeners.delete(key)) adjust();
  };
}

/**
 * Has the process's log lines appended to a file, past the event loop: also while it is blocked, and after a crash. "-"
 * is standard error, null ends it. DEBUG=captask in the environment does logTo('-', 'debug').
 */
export function logTo(path: string | null, level: LogLevel = 'info'): void {
  const error = addon.logTo(path, levelOf(level));
  if (error !== null) throw new CaptaskError(error);
}

const debug = (process.env['DEBUG'] ?? '').split(/[\s,]+/);
if (debug.some((name) => name === 'captask' || name === 'captask:*' || name === '*')) logTo('-', 'debug');
