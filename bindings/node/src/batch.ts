// Many tasks, a bounded number of them in flight.

import { Answer } from './answer';
import type { Members } from './answer';
import { checkFunction, optionsOf, signalOf } from './arguments';
import type { AbortSignalLike } from './arguments';
import { letGo } from './tickets';
import type { SolveOptions } from './tickets';
import type { Outcome } from './typing';

/** Options of many tasks: those of one hold for each. */
export interface ManyOptions extends SolveOptions {
  /** Tasks in flight at most. The default is 1000. */
  concurrency?: number | undefined;
  /** Takes the outcomes that the loop did not, because it was left early: what was bought is in them. */
  onUnseen?: ((outcome: Outcome) => void) | undefined;
}

type Solve<One> = (task: One, options: SolveOptions) => Promise<Answer<Members>>;

/** A signal that follows another one and can be aborted by itself. */
function following(signal: AbortSignalLike | undefined): { controller: AbortController; stop: () => void } {
  const controller = new AbortController();
  const listener = (): void => controller.abort(signal?.reason);
  if (signal?.aborted) listener();
  signal?.addEventListener('abort', listener);
  return { controller, stop: () => signal && letGo(signal, listener) };
}

function iteratorOf<One>(tasks: Iterable<One> | AsyncIterable<One>): AsyncIterator<One> | Iterator<One> {
  if (Object(tasks) !== tasks || !(Symbol.asyncIterator in tasks || Symbol.iterator in tasks)) {
    throw new TypeError('captask: tasks cannot be iterated; pass an array, or another iterable, of tasks');
  }
  return Symbol.asyncIterator in tasks ? tasks[Symbol.asyncIterator]() : tasks[Symbol.iterator]();
}

/**
 * Solves tasks as they come from `tasks`, and yields each outcome when it is there. When `tasks` throws, no more are
 * taken, the outcomes of those in flight are yielded, and then it is thrown. When the loop is left early, what is in
 * flight is given up.
 */
export async function* imap<One>(
  tasks: Iterable<One> | AsyncIterable<One>,
  given: ManyOptions | undefined,
  solve: Solve<One>,
): AsyncGenerator<Outcome, void, undefined> {
  const { concurrency = 1000, onUnseen, signal: wanted, ...options } = optionsOf(given, '{ concurrency, signal }');
  if (!(concurrency >= 1)) throw new RangeError(`captask: concurrency is ${concurrency}, and has to be 1 or more`);
  if (onUnseen !== undefined) checkFunction(onUnseen, 'onUnseen', '{ onUnseen: (outcome) => … }');
  const signal = signalOf(wanted);
  const source = iteratorOf(tasks);
  const { controller, stop } = following(signal);
  const inFlight = new Map<number, Promise<void>>();
  const ready: Outcome[] = [];
  let wake: (() => void) | undefined;
  let taken = 0;
  let pulling: Promise<void> | undefined;
  let failed: { error: unknown } | undefined;
  let exhausted = false;

  const start = (task: One, index: number): void => {
    const finish = (outcome: Outcome): void => {
      inFlight.delete(index);
      ready.push(outcome);
      wake?.();
    };
    const run = solve(task, { ...options, signal: controller.signal });
    inFlight.set(index, run.then(
      (value) => finish({ status: 'fulfilled', value, index }),
      (reason: unknown) => finish({ status: 'rejected', reason, index }),
    ));
  };
  const pull = async (): Promise<void> => {
    try {
      while (!exhausted && inFlight.size < concurrency) {
        const next = source.next();
        const { done, value } = next instanceof Promise ? await next : await Promise.resolve(next);
        if (done) exhausted = true;
        else start(value, taken++);
      }
    } catch (error) {
      exhausted = true;
      failed = { error };
    }
    pulling = undefined;
    wake?.();
  };

  try {
    for (;;) {
      // The caller is slow rather than the tasks: not more than `concurrency` outcomes are kept for it.
      if (!exhausted && pulling === undefined && inFlight.size + ready.length < concurrency) pulling = pull();
      const outcome = ready.shift();
      if (outcome !== undefined) {
        yield outcome;
      } else if (exhausted && inFlight.size === 0 && pulling === undefined) {
        break;
      } else {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  } finally {
    exhausted = true;
    stop();
    controller.abort(new Error('the loop over imap was left'));
    await Promise.all(inFlight.values());
    for (const outcome of ready) onUnseen?.(outcome);
    // A source that is asked for its next task ends when it has given that one. This does not wait for it.
    const ended = Promise.resolve(source.return?.());
    if (pulling === undefined) await ended;
    else ended.catch(() => {});
  }
  if (failed !== undefined) throw failed.error;
}
