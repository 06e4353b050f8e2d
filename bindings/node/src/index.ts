/// <reference lib="esnext.disposable" preserve="true" />
export { Answer } from './answer';
export type { Members, Meta, Reply, TaskId } from './answer';
export { check, describe, version } from './catalogue';
export type { Checked } from './catalogue';
export { Client } from './client';
export type { Config, Options, SandboxConfig } from './config';
export { AbortError, CaptaskError } from './error';
export type { Problem } from './error';
export { logTo, onLog } from './log';
export type { LogLevel, LogListener } from './log';
export { Sandbox } from './sandbox';
export type { AbortSignalLike } from './arguments';
export type { SolveOptions } from './tickets';
export type { ManyOptions } from './batch';
export { rawTask } from './typing';
export type { Outcome, RawTask, SolutionOf, TaskType } from './typing';
export type * from './tasks';
