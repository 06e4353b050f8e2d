// What needs no client and no network.

import type { Reply } from './answer';
import { taskOf } from './arguments';
import { checked } from './error';
import type { Problem } from './error';
import { encode } from './json';
import { addon } from './native';
import type { AnyTask, RawTask } from './typing';

/** That a task is valid. */
export interface Checked {
  /** The id of the catalogue's entry that it was held against; null for a type that the catalogue does not know. */
  readonly variant: string | null;
  /** Unknown members, members that are deprecated. */
  readonly warnings?: readonly Problem[];
}

/** Whether a task is valid, without sending it. Throws a CaptaskError with `problems` when it is not. */
export function check(task: AnyTask | RawTask): Reply<Checked> {
  return checked(addon.check(encode({ task: taskOf(task, 'check') })));
}

/**
 * What the library knows: without a topic the table of contents, else "tasks", "task/<id>", "errors", "error/<CODE>",
 * "methods", "config", "request", "sandbox", "catalogue".
 */
export function describe(topic?: string): Reply<{}> {
  return checked(addon.describe(topic ?? null));
}

/** The version of the library that is loaded. */
export function version(): string {
  return addon.version();
}
