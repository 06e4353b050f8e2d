// What is thrown.

import { added, own, parse, taskIdOf } from './answer';
import type { Members, Reply, TaskId } from './answer';

/** One thing that is wrong with a request. */
export interface Problem {
  /** JSON pointer to the member, as "/task/websiteURL". */
  readonly pointer: string;
  readonly problem: string;
  readonly hint?: string;
}

/** Anything that captask or the service refuses. */
export class CaptaskError extends Error {
  override name = 'CaptaskError';
  /** The service's errorCode as it is, or one of the library's own, which begin with CAPTASK_. */
  readonly code: string;
  /** What happened, and what to do. */
  readonly description: string;
  /** Whether a repetition may help. */
  readonly retryable: boolean;
  /** What to repeat: the same request, or a new task. */
  readonly retryScope: 'same_request' | 'new_task' | null;
  /** Milliseconds to wait before a repetition, where known. */
  readonly retryAfterMs: number | undefined;
  /** The task that was bought, when one is known: it is paid for, and `client.adopt(taskId)` takes it up again. */
  readonly taskId: TaskId | undefined;
  /** Whether a task may have been bought: createTask was sent, and no answer came. */
  readonly outcomeUnknown: boolean;
  /** What is wrong with the request, each problem; empty when the service found it. */
  readonly problems: readonly Problem[];
  /** What was given as `extra`. */
  readonly extra: unknown;
  /** The error's object: every member as it came. */
  declare readonly answer: Members;
  /** Its JSON text as it came. */
  declare readonly raw: string;

  constructor(raw: string, answer: Members = parse(raw), options?: ErrorOptions) {
    const code = String(answer['errorCode'] ?? '');
    const description = inNode(String(answer['errorDescription'] ?? ''));
    const taskId = taskIdOf(answer);
    super(`${code}: ${description}${taskId === undefined ? '' : ` (taskId ${taskId})`}`, options);
    this.code = code;
    this.description = description;
    this.retryable = own(answer, 'retryable') === true;
    const scope = own(answer, 'retryScope');
    this.retryScope = scope === 'same_request' || scope === 'new_task' ? scope : null;
    const after = own(answer, 'retryAfterMs');
    this.retryAfterMs = typeof after === 'number' ? after : undefined;
    this.taskId = taskId;
    this.outcomeUnknown = own(answer, 'outcomeUnknown') === true || code === 'CAPTASK_OUTCOME_UNKNOWN';
    const problems = answer['problems'];
    this.problems = Array.isArray(problems) ? (problems as Problem[]).map(problemInNode) : [];
    this.extra = added(answer, 'extra');
    Object.defineProperty(this, 'answer', { value: answer });
    Object.defineProperty(this, 'raw', { value: raw });
  }
}

/**
 * An AbortSignal ended it: code CAPTASK_CANCELLED, and `cause` is the signal's reason. With a `taskId` the task is paid
 * for all the same; with `outcomeUnknown` one may have been bought; with neither none was.
 */
export class AbortError extends CaptaskError {
  override name = 'AbortError';
}

/** The library's texts name its C functions; here they name those of this package. */
function inNode(text: string): string {
  return text
    .replace(/captask_describe\(NULL\)/g, 'describe()')
    .replace(/captask_describe\("([^"]*)"\)/g, "describe('$1')");
}

function problemInNode(problem: Problem): Problem {
  return typeof problem?.hint === 'string' ? { ...problem, hint: inNode(problem.hint) } : problem;
}

/** An error object of this package's own, in the form of the library's. */
export function ownError(code: string, description: string, problems?: readonly Problem[]): string {
  return JSON.stringify({
    errorId: 1, errorCode: code, errorDescription: description, retryable: false, retryScope: null, problems,
  });
}

/** The error of a client that was closed. */
export function closed(): CaptaskError {
  return new CaptaskError(ownError('CAPTASK_CLOSED', 'the client was closed; open another one to go on'));
}

/** The reply of a text; throws its CaptaskError when errorId is not 0. */
export function checked<Known>(raw: string, members: Members = parse(raw)): Reply<Known> {
  if (members['errorId'] !== 0) throw new CaptaskError(raw, members);
  return Object.defineProperty(members, 'raw', { value: raw }) as Reply<Known>;
}
