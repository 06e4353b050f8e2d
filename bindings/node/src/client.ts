import { Answer, parse } from './answer';
import type { Members, Reply, TaskId } from './answer';
import { methodOf, optionsOf, signalOf, taskIdGiven, taskOf } from './arguments';
import { imap } from './batch';
import type { ManyOptions } from './batch';
import { check, describe } from './catalogue';
import type { Config } from './config';
import { AbortError, CaptaskError, checked, closed } from './error';
import { encode } from './json';
import { addon } from './native';
import type { Method } from './native';
import { call, close } from './port';
import { Tickets } from './tickets';
import type { SolveOptions } from './tickets';
import type { AnyTask, LooseTask, Outcome, RawTask, Solution, SolutionOf, Task, TaskType } from './typing';

/** Members of createTask's request beside the task. */
export interface CreateOptions {
  /** URL that the service posts the result to. */
  callbackUrl?: string | undefined;
  /** Number of the partner or program. */
  softId?: number | undefined;
}

/**
 * A client of the service.
 *
 *     const client = new Client({ clientKey: '…' });
 *     const { solution } = await client.solve({ type: 'ImageToTextTask', body: await readFile('captcha.png') });
 *     await client.close();
 *
 * While a promise of it is pending, the process stays; else it does not keep the process running. Nothing of it waits on
 * the event loop or on libuv's pool of threads.
 */
export class Client {
  readonly #handle: number;
  readonly #tickets: Tickets;
  /** How many answers the journal still brings back. */
  #recoverable: number;
  #closing: Promise<void> | undefined;

  /** Opens it; no network is touched. Throws a CaptaskError when the configuration is wrong. */
  constructor(config: Config = {}) {
    if (typeof config !== 'object' || config === null) {
      throw new TypeError("captask: the configuration is an object: new Client({ clientKey: '…' })");
    }
    const journal = typeof config.journal === 'string';
    const opened = addon.open(encode(config), journal);
    if (typeof opened === 'string') throw new CaptaskError(opened);
    this.#handle = opened;
    const state: Members = journal ? checked(addon.inspect(opened)) : {};
    this.#recoverable = Number(state['inFlight'] ?? 0) + Number(state['unread'] ?? 0);
    this.#tickets = new Tickets(opened, journal);
  }

  /**
   * Buys a task and waits for its solution; rejects with a CaptaskError when it fails. Buffers in the task are sent as
   * base64. Aborting `signal` gives the task up: the AbortError has the taskId of what was bought.
   */
  solve<
    Type extends string,
    Class extends string | undefined = undefined,
    Selected extends string | number | undefined = undefined,
  >(
    task: Task<Type, Class, Selected>,
    options?: SolveOptions,
  ): Promise<Answer<Solution<Type, Class, Selected>>>;
  solve(task: RawTask, options?: SolveOptions): Promise<Answer>;
  solve(task: LooseTask, options?: SolveOptions): Promise<Answer<SolutionOf<TaskType>>>;
  solve(task: object, options?: SolveOptions): Promise<Answer> {
    return this.#solve(() => ({ task: taskOf(task, 'solve') }), options, 'solve(task, { signal })');
  }

  /** Waits for a task bought before: by another process, or one that timed out or was given up here. */
  adopt<Type extends TaskType>(taskId: TaskId, options?: SolveOptions): Promise<Answer<SolutionOf<Type>>>;
  adopt(taskId: TaskId, options?: SolveOptions): Promise<Answer>;
  adopt(taskId: TaskId, options?: SolveOptions): Promise<Answer<any>> {
    return this.#solve(() => ({ taskId: taskIdGiven(taskId, 'adopt') }), options, 'adopt(taskId, { signal })');
  }

  /**
   * Solves many tasks and yields each outcome as soon as it is there, with its place in `tasks` as `index`:
   *
   *     for await (const { index, status, value, reason } of client.imap(tasks)) …
   *
   * `tasks` is read as far as `concurrency` allows. Leaving the loop gives up what is in flight; `onUnseen`
   * takes the outcomes.
   */
  imap<
    Type extends string,
    Class extends string | undefined = undefined,
    Selected extends string | number | undefined = undefined,
  >(
    tasks: Iterable<Task<Type, Class, Selected>> | AsyncIterable<Task<Type, Class, Selected>>,
    options?: ManyOptions,
  ): AsyncGenerator<Outcome<Solution<Type, Class, Selected>>, void, undefined>;
  imap(
    tasks: Iterable<LooseTask | RawTask> | AsyncIterable<LooseTask | RawTask>,
    options?: ManyOptions,
  ): AsyncGenerator<Outcome, void, undefined>;
  imap(tasks: Iterable<object> | AsyncIterable<object>, options?: ManyOptions): AsyncGenerator<any> {
    return this.#imap(tasks, options);
  }

  /** Solves many tasks: the outcomes, in the order of `tasks`, as Promise.allSettled has them. */
  solveMany<
    Type extends string,
    Class extends string | undefined = undefined,
    Selected extends string | number | undefined = undefined,
  >(
    tasks: Iterable<Task<Type, Class, Selected>> | AsyncIterable<Task<Type, Class, Selected>>,
    options?: ManyOptions,
  ): Promise<Array<Outcome<Solution<Type, Class, Selected>>>>;
  solveMany(
    tasks: Iterable<LooseTask | RawTask> | AsyncIterable<LooseTask | RawTask>,
    options?: ManyOptions,
  ): Promise<Outcome[]>;
  async solveMany(tasks: Iterable<object> | AsyncIterable<object>, options?: ManyOptions): Promise<any[]> {
    const outcomes: Outcome[] = [];
    for await (const outcome of this.#imap(tasks, options)) {
      outcomes[outcome.index] = outcome;
    }
    return outcomes;
  }

  /** What the configuration's `journal` brought back after a crash: each outcome once. Ends when there are no more. */
  async *recovered(): AsyncGenerator<PromiseSettledResult<Answer>, void, undefined> {
    // What was read before the client was closed is still handed over: the journal keeps it no more.
    if (this.#tickets.unread === 0) this.#open();
    while (this.#recoverable > 0) {
      const text = await this.#tickets.stray();
      if (text === undefined) return;
      this.#recoverable -= 1;
      const members = parse(text);
      yield members['errorId'] === 0
        ? { status: 'fulfilled', value: new Answer(text, members) }
        : { status: 'rejected', reason: new CaptaskError(text, members) };
    }
  }

  // Single methods of the service. Each takes callTimeoutMs at most, and cannot be given up once it is sent.

  /** createTask: buys a task without waiting for it. */
  async createTask(task: AnyTask | RawTask, options?: CreateOptions): Promise<Reply<{ readonly taskId: TaskId }>> {
    return this.#call('createTask', () => [
      encode({ task: taskOf(task, 'createTask'), ...optionsOf(options, 'createTask(task, { callbackUrl })') }),
    ]);
  }

  /** getTaskResult: asks once. The service allows 120 of these a task; `solve` and `adopt` count for you. */
  async getTaskResult(taskId: TaskId): Promise<Reply<{ readonly status: string; readonly solution?: Members | null }>> {
    return this.#call('getTaskResult', () => [encode({ taskId })]);
  }

  /** getBalance: `balance` is in US dollars. */
  async getBalance(): Promise<Reply<{ readonly balance: number }>> {
    return this.#call('getBalance');
  }

  /** getUserAgent: `userAgent` is the one that tasks should name now. */
  async getUserAgent(): Promise<Reply<{ readonly userAgent: string }>> {
    return this.#call('getUserAgent');
  }

  /** Reports to the service that a solution was wrong; the task's type picks the method. */
  async reportIncorrect(taskId: TaskId, type: TaskType | (string & {})): Promise<Reply<{ readonly status?: string }>> {
    return this.#call('reportIncorrect', () => [encode({ taskId, type })]);
  }

  /** Any method of the service, also one that captask does not know. */
  async call(method: string, request: object = {}): Promise<Reply<{}>> {
    return this.#call('call', () => [methodOf(method), encode(request)]);
  }

  /** Whether a task is valid, without sending it: the function of the same name. */
  check(task: AnyTask | RawTask): ReturnType<typeof check> {
    return check(task);
  }

  /** What the library knows of the service and of itself: the function of the same name. */
  describe(topic?: string): Reply<{}> {
    return describe(topic);
  }

  /** Counters and state: inFlight, unread, created, polls, retries, connections, threads, … */
  inspect(): Reply<{}> {
    return checked(addon.inspect(this.#open()));
  }

  /**
   * Closes the client. Tasks in flight end as CAPTASK_CLOSED with their taskId; with a `journal` they stay there for the
   * next client. Closing twice is fine.
   */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    await this.#tickets.end();
    await close(this.#handle);
  }

  /** The handle; throws when the client is closed. */
  #open(): number {
    if (this.#closed) throw closed();
    return this.#handle;
  }

  get #closed(): boolean {
    return this.#closing !== undefined || this.#tickets.ended;
  }

  /** A single call. Its texts are made when the client turned out to be open. */
  async #call<Known>(method: keyof typeof Method, texts: () => string[] = () => []): Promise<Reply<Known>> {
    const handle = this.#open();
    const text = await call(method, handle, ...texts());
    const members = parse(text);
    // It was in the queue while the client was closed.
    if (this.#closed && members['errorCode'] === 'CAPTASK_UNKNOWN_HANDLE') throw closed();
    return checked(text, members);
  }

  #imap(tasks: Iterable<object> | AsyncIterable<object>, options: ManyOptions | undefined): AsyncGenerator<Outcome> {
    this.#open();
    return imap(tasks, options, (task, one) => this.solve(task as RawTask, one));
  }

  async #solve(head: () => object, given: SolveOptions | undefined, example: string): Promise<Answer> {
    this.#open();
    const { signal: wanted, ...options } = optionsOf(given, example);
    const signal = signalOf(wanted);
    const text = await this.#tickets.submit(head(), options, signal);
    // Made here, after the await, the error's stack has the callers of solve.
    const members = parse(text);
    if (members['errorId'] === 0) return new Answer(text, members);
    if (members['errorCode'] === 'CAPTASK_CANCELLED' && signal?.aborted) {
      throw new AbortError(text, members, { cause: signal.reason });
    }
    throw new CaptaskError(text, members);
  }
}
