// The tasks of one client that are in flight, and the way of each answer to who waits for it.

import type { AbortSignalLike } from './arguments';
import type { Options } from './config';
import { AbortError, CaptaskError, closed, ownError } from './error';
import { encode } from './json';
import { addon } from './native';
import { release, retain, watch } from './port';

/** Options of one task; times are in milliseconds. */
export interface SolveOptions extends Options {
  /** Gives the task up. The promise is rejected with an AbortError that has the taskId when one was bought. */
  signal?: AbortSignalLike | null | undefined;
  /** Anything that has a form in JSON. It is not sent, and comes back in the answer or the error. */
  extra?: unknown;
}

interface Waiting {
  resolve(text: string): void;
  signal: AbortSignalLike | undefined;
}

const NOTHING_SENT = ownError('CAPTASK_CANCELLED', 'the signal was aborted before the request: nothing was sent');
const KEPT = ownError('CAPTASK_CLOSED', 'the client was closed; the journal keeps the task for the next client');

/** Removes a listener from a signal, which may be of the program's own making: what it throws must cost no answer. */
export function letGo(signal: AbortSignalLike, listener: () => void): void {
  try {
    signal.removeEventListener('abort', listener);
  } catch (error) {
    const reason = error instanceof Error ? error.message : `it threw a value of type ${typeof error}`;
    process.emitWarning(`the signal cannot remove a listener: ${reason}`, 'CaptaskWarning');
  }
}

export class Tickets {
  readonly #client: number;
  readonly #journal: boolean;
  readonly #waiting = new Map<number, Waiting>();
  /** The tickets of each signal: one listener does for all of them. */
  readonly #signals = new Map<AbortSignalLike, { tickets: Set<number>; listener: () => void }>();
  /** Answers that the journal brought back, and who waits for the next of them. */
  readonly #strays: string[] = [];
  #strayTaker: ((text: string | undefined) => void) | undefined;
  #watched = false;
  #ended = false;
  #onEnd: (() => void) | undefined;

  constructor(client: number, journal: boolean) {
    this.#client = client;
    this.#journal = journal;
    if (journal) this.#watch();
  }

  /** Whether it takes no more tasks. */
  get ended(): boolean {
    return this.#ended;
  }

  /** How many answers that the journal brought back are here and were not taken. */
  get unread(): number {
    return this.#strays.length;
  }

  /** Submits a request, whose own members are `head`, and waits for its answer's text. */
  submit(head: object, given: Omit<SolveOptions, 'signal'>, signal: AbortSignalLike | undefined): Promise<string> {
    const { extra, callbackUrl, softId, ...rest } = given;
    if (signal?.aborted) throw new AbortError(NOTHING_SENT, undefined, { cause: signal.reason });
    const options = Object.keys(rest).length > 0 ? rest : undefined;
    const request = encode({ ...head, callbackUrl, softId, options, extra });
    // Nothing would receive the answer.
    if (this.#ended) throw closed();
    this.#watch();
    // Before the request goes out: a signal that throws must not cost a task.
    if (signal !== undefined) this.#listen(signal);
    const ticket = addon.submit(this.#client, request);
    if (typeof ticket === 'string') {
      if (signal !== undefined) this.#unlisten(signal);
      throw new CaptaskError(ticket);
    }
    if (signal !== undefined) this.#signals.get(signal)?.tickets.add(ticket);
    retain();
    return new Promise((resolve) => this.#waiting.set(ticket, { resolve, signal }));
  }

  /** The next answer that the journal brought back; undefined when the client was closed. */
  stray(): Promise<string | undefined> {
    const text = this.#strays.shift();
    if (text !== undefined || this.#ended) return Promise.resolve(text);
    retain();
    return new Promise((resolve) => {
      this.#strayTaker = (found) => {
        release();
        resolve(found);
      };
    });
  }

  /** Ends every task in flight. With a journal they stay there; else each is answered with its taskId. */
  async end(): Promise<void> {
    if (this.#watched && !this.#ended) {
      retain();
      const ended = new Promise<void>((resolve) => (this.#onEnd = resolve));
      if (this.#journal) {
        addon.leave(this.#client);
      } else {
        addon.stop(this.#client);
      }
      await ended;
      release();
    }
    this.#ended = true;
    this.#strayTaker?.(undefined);
    this.#strayTaker = undefined;
  }

  #watch(): void {
    if (this.#watched) return;
    watch(this.#client, { answer: (ticket, text) => this.#answer(ticket, text), ended: () => this.#end() });
    this.#watched = true;
  }

  /** Hands an answer over. It throws nothing: the addon would end the process, and other answers be lost. */
  #answer(ticket: number, text: string): void {
    const waiting = this.#waiting.get(ticket);
    if (waiting !== undefined) {
      this.#waiting.delete(ticket);
      release();
      waiting.resolve(text);
      if (waiting.signal !== undefined) this.#unlisten(waiting.signal, ticket);
    } else if (this.#journal) {
      const taker = this.#strayTaker;
      this.#strayTaker = undefined;
      if (taker === undefined) this.#strays.push(text);
      else taker(text);
    }
  }

  #end(): void {
    this.#ended = true;
    // After a stop each has its answer; with a journal, or when the client was closed elsewhere, some have none.
    const text = this.#journal ? KEPT : closed().raw;
    for (const ticket of [...this.#waiting.keys()]) this.#answer(ticket, text);
    this.#onEnd?.();
  }

  #listen(signal: AbortSignalLike): void {
    if (this.#signals.has(signal)) return;
    const tickets = new Set<number>();
    // What was answered meanwhile is not cancelled, and its answer counts.
    const listener = (): void => tickets.forEach((one) => addon.cancel(this.#client, one));
    signal.addEventListener('abort', listener);
    this.#signals.set(signal, { tickets, listener });
  }

  /** Lets go of a signal when no ticket is left that it could give up. */
  #unlisten(signal: AbortSignalLike, ticket?: number): void {
    const entry = this.#signals.get(signal);
    if (entry === undefined) return;
    if (ticket !== undefined) entry.tickets.delete(ticket);
    if (entry.tickets.size > 0) return;
    this.#signals.delete(signal);
    letGo(signal, entry.listener);
  }
}
