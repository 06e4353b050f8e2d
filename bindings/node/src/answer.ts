// What comes back.

import { decode, plain } from './json';

/**
 * The id of a task, in the type that the service sent: a number; a bigint where a number would lose digits (beyond
 * 2^53); or a string. Pass it on as it is.
 */
export type TaskId = number | bigint | string;

/** A JSON object. */
export type Members = { readonly [name: string]: unknown };

/** How a task went. */
export interface Meta {
  /** getTaskResult calls. */
  readonly polls?: number;
  /** Milliseconds from the request to the answer. */
  readonly elapsedMs?: number;
  readonly [name: string]: unknown;
}

/** A text of the library as an object. */
export function parse(text: string): Members {
  return decode(text) as Members;
}

/**
 * The library's members whose names the service uses too. The library adds something to every answer of a ticket and to
 * every error, behind the service's members, and an object of this kind last: one in another place is the service's.
 */
function beside(members: Members): Members {
  if (!('ticket' in members) && members['errorId'] === 0) return {};
  const last = Object.keys(members).at(-1) ?? '';
  const found = members[last];
  return /^captask_*$/.test(last) && typeof found === 'object' && found !== null ? (found as Members) : {};
}

/** A member as the library has it, where the service has one of the same name; else what there is. */
export function own(members: Members, name: string): unknown {
  const ours = beside(members);
  return name in ours ? ours[name] : members[name];
}

/** A member of the library's that is not always there. It is behind the ticket; one of the service's is before it. */
export function added(members: Members, name: string): unknown {
  const ours = beside(members);
  if (name in ours) return ours[name];
  const names = Object.keys(members);
  return names.indexOf(name) > names.indexOf('ticket') && names.includes('ticket') ? members[name] : undefined;
}

/** The taskId; undefined when no task is known. */
export function taskIdOf(members: Members): TaskId | undefined {
  const id = own(members, 'taskId');
  const is = typeof id === 'number' || typeof id === 'bigint' || typeof id === 'string';
  return is && id !== 0 && id !== '' && id !== '0' ? id : undefined;
}

/** The answer of a task that is ready. */
export class Answer<Solution = Members> {
  /** What the service found, its members named as the service names them. */
  readonly solution: Solution;
  /** The task's id. */
  readonly taskId: TaskId;
  /** What was given as `extra`. */
  readonly extra: unknown;
  /** How it went. */
  readonly meta: Meta;
  /** Every member, the service's and the library's, as they came. */
  declare readonly members: Members;
  /** The JSON text as it came, with every digit. */
  declare readonly raw: string;

  constructor(raw: string, members: Members = parse(raw)) {
    this.solution = (members['solution'] ?? {}) as Solution;
    this.taskId = taskIdOf(members) ?? 0;
    this.extra = added(members, 'extra');
    this.meta = (added(members, 'meta') ?? {}) as Meta;
    // Not shown by console.log, which would show everything twice.
    Object.defineProperty(this, 'members', { value: members });
    Object.defineProperty(this, 'raw', { value: raw });
  }

  /** For JSON.stringify: every member; a bigint as a string of its digits. */
  toJSON(): unknown {
    return plain(this.members);
  }
}

/** The answer of a single call: the service's members. */
export type Reply<Known> = Known & Members & {
  /** The JSON text as it came, with every digit. It is not enumerable. */
  readonly raw: string;
};
