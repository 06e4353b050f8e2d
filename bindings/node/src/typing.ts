// Which solution belongs to which task.

import type { Answer, Members } from './answer';
import type { AnyTask, Catalogue, Chosen } from './tasks';

type Entry = Catalogue[keyof Catalogue];

/** The type of a task, as "ImageToTextTask". */
export type TaskType = Entry['type'];

/** A task of a type, or with members, that the catalogue does not know: `rawTask` makes it. */
export interface RawTask {
  readonly [raw]: true;
}

declare const raw: unique symbol;
declare const loose: unique symbol;

/**
 * A task whose type is known at run time only. The member that no task has makes the compiler look at the other
 * signatures first, which know the solution.
 */
export type LooseTask = AnyTask & { readonly [loose]?: never };

/** Passes a task by the type checker: of a type, or with members, that this version does not know. */
export function rawTask(task: { readonly type: string; readonly [member: string]: unknown }): RawTask {
  return task as unknown as RawTask;
}

type Match<Type, Class, Selected, One = Entry> = One extends Entry
  ? Type extends One['type']
    ? Class extends One['class']
      ? Selected extends One['selected']
        ? One
        : never
      : never
    : never
  : never;

/** A task whose type, and where there are several kinds of it, class or kind, are these. */
export type Task<Type, Class, Selected> = Chosen<Type, Class, Selected> & Match<Type, Class, Selected>['task'];

/** The solution of a task that is so chosen. */
export type Solution<Type, Class, Selected> = Match<Type, Class, Selected>['solution'];

/** The solution of a task's type, as in SolutionOf<'ImageToTextTask'>; of a type of several kinds, any of theirs. */
export type SolutionOf<Type extends TaskType> = Type extends TaskType
  ? Entry extends infer One
    ? One extends Entry
      ? Type extends One['type']
        ? One['solution']
        : never
      : never
    : never
  : never;

/** One end of several: as of Promise.allSettled, with the place of the task among the others, from 0. */
export type Outcome<Found = Members> = PromiseSettledResult<Answer<Found>> & { readonly index: number };

export type { AnyTask };
