// Checks of what a program passes. They are made before anything is sent.

import type { TaskId } from './answer';
import { CaptaskError, ownError } from './error';

/** What is needed of an AbortSignal, so that no library of types has to be there. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** A value for an error's text: its kind, and no part of its content. */
function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (Array.isArray(value)) return 'an array';
  const { constructor } = value;
  const name = typeof constructor === 'function' ? constructor.name : '';
  return name === '' || name === 'Object' ? 'an object' : `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}

function isSignal(value: unknown): value is AbortSignalLike {
  if (typeof value !== 'object' || value === null) return false;
  const { aborted, addEventListener, removeEventListener } = value as Partial<AbortSignalLike>;
  return typeof aborted === 'boolean' && typeof addEventListener === 'function' &&
    typeof removeEventListener === 'function';
}

/** Whether it was written as { … }, in this realm or in another one, as of node:vm. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The options as given; none for undefined. `example` shows how to pass them. */
export function optionsOf<Options extends object>(value: Options | undefined, example: string): Partial<Options> {
  if (value === undefined) return {};
  if (isPlain(value) && !isSignal(value)) return value;
  throw new TypeError(`captask: the options are ${kindOf(value)}; pass an object, as in ${example}`);
}

/** The signal as given; none for undefined and null. */
export function signalOf(value: unknown): AbortSignalLike | undefined {
  if (value === undefined || value === null) return undefined;
  if (isSignal(value)) return value;
  throw new TypeError(
    `captask: signal is ${kindOf(value)} and no AbortSignal; pass the signal of an AbortController: ` +
      `{ signal: controller.signal }`,
  );
}

/** Throws when it is no function. */
export function checkFunction(value: unknown, name: string, example: string): void {
  if (typeof value === 'function') return;
  throw new TypeError(`captask: ${name} is ${kindOf(value)}; pass a function, as in ${example}`);
}

function refused(member: 'task' | 'taskId', value: unknown, pass: string): CaptaskError {
  const problem = `${member} is ${kindOf(value)}`;
  const hint = `pass ${pass}`;
  const problems = [{ pointer: `/${member}`, problem, hint }];
  return new CaptaskError(ownError('CAPTASK_INVALID_REQUEST', `${problem}; ${hint}`, problems));
}

/** The name of a method as given. */
export function methodOf(value: string): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`captask: method is ${kindOf(value)}; pass its name, as in call('getBalance', { … })`);
}

/** The task as given. `method` is the name of the function that takes it. */
export function taskOf(value: object, method: string): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw refused('task', value, `an object with the task's type, as in ${method}({ type: 'ImageToTextTask', … })`);
}

/** The taskId as given; what it has to be beyond that, the library checks. */
export function taskIdGiven(value: TaskId, method: string): TaskId {
  if (value !== undefined && value !== null) return value;
  throw refused('taskId', value, `that of an answer or of an error, as in ${method}(error.taskId)`);
}
