// The shared vectors (tests/vectors of the repository) through the package. Run by itself it is the runner of
// `make vectors-test`; test/vectors.test.mjs runs the same as tests.
// Usage: CAPTASK_VECTORS=FOLDER [CAPTASK_VECTORS_OUT=FOLDER] [CAPTASK_VECTORS_LIBRARY=FILE] node vectors.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { differences, member, parseBig } from './expect.mjs';

if (process.env.CAPTASK_VECTORS_LIBRARY) process.env.CAPTASK_LIBRARY = process.env.CAPTASK_VECTORS_LIBRARY;
delete process.env.CAPTASK_CLIENT_KEY;
delete process.env.CAPTASK_CATALOGUE;
// After the environment is set.
const { CaptaskError, Client, Sandbox, check, describe, rawTask } = await import('captask');

const PATIENCE_MS = 10000;

/** All vectors, of every file of a folder. */
export function load(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'schema.json').sort();
  return files.flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).vectors);
}

class Failed extends Error {}

class Run {
  names = {};
  tickets = {};

  constructor(vector) {
    this.vector = vector;
  }

  async run() {
    try {
      if (this.vector.sandbox !== undefined) {
        this.sandbox = new Sandbox(this.vector.sandbox);
        this.names.sandbox = this.sandbox.url;
        this.names.host = this.sandbox.url.split('//')[1];
      }
      if (this.vector.config !== undefined) this.client = new Client(this.filled(this.vector.config));
      for (const [index, step] of this.vector.steps.entries()) {
        try {
          await this[step.op](step);
        } catch (error) {
          if (!(error instanceof Failed)) throw error;
          throw new Failed(`step ${index + 1}: ${error.message}`);
        }
      }
    } finally {
      await this.client?.close();
      await this.sandbox?.close();
    }
  }

  filled(value) {
    if (Array.isArray(value)) return value.map((inner) => this.filled(inner));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.filled(inner)]));
    }
    if (typeof value !== 'string') return value;
    const whole = /^\$\{([a-z]+)\}$/.exec(value);
    if (whole) return this.names[whole[1]];
    return value.replace(/\$\{([a-z]+)\}/g, (_, name) => String(this.names[name]));
  }

  request(step) {
    return this.filled(step.requestText === undefined ? step.request : parseBig(step.requestText));
  }

  async expected(step, ask) {
    let outcome = 'answer';
    let raw;
    try {
      ({ raw } = await ask());
    } catch (error) {
      if (!(error instanceof CaptaskError)) throw error;
      outcome = 'error';
      ({ raw } = error);
    }
    if (outcome !== step.outcome) throw new Failed(`an ${outcome}: ${raw}`);
    const wrong = differences(raw, this.filled(step.expect));
    if (wrong.length > 0) throw new Failed(wrong.join('; '));
    for (const [name, pointer] of Object.entries(step.save ?? {})) this.names[name] = member(parseBig(raw), pointer);
    return raw;
  }

  /** A ticket: a promise of what comes, and the means to give it up. */
  begin(step) {
    const { task, extra, options } = this.request(step);
    const controller = new AbortController();
    const answer = this.client.solve(rawTask(task), { ...options, extra, signal: controller.signal });
    // A later step asks for it.
    answer.catch(() => {});
    return { answer, controller };
  }

  solve(step) {
    const { task, extra, options } = this.request(step);
    return this.expected(step, () => this.client.solve(rawTask(task), { ...options, extra }));
  }

  adopt(step) {
    const { taskId, extra, options } = this.request(step);
    return this.expected(step, () => this.client.adopt(taskId, { ...options, extra }));
  }

  submit(step) {
    this.tickets[step.as] = this.begin(step);
  }

  receive(step) {
    return this.expected(step, () => this.tickets[step.of].answer);
  }

  cancel(step) {
    this.tickets[step.of].controller.abort();
  }

  async batch(step) {
    const tickets = [];
    for (this.names.index = 0; this.names.index < step.count; this.names.index++) tickets.push(this.begin(step));
    const seen = new Map((step.distinct ?? []).map((pointer) => [pointer, new Set()]));
    for (const [index, ticket] of tickets.entries()) {
      this.names.index = index;
      const raw = await this.expected(step, () => ticket.answer);
      for (const [pointer, values] of seen) values.add(String(member(parseBig(raw), pointer)));
    }
    for (const [pointer, values] of seen) {
      if (values.size !== step.count) throw new Failed(`${pointer} has ${values.size} values in ${step.count} answers`);
    }
  }

  create_task(step) {
    return this.expected(step, () => this.client.createTask(rawTask(this.request(step).task)));
  }

  get_task_result(step) {
    return this.expected(step, () => this.client.getTaskResult(this.request(step).taskId));
  }

  report_incorrect(step) {
    const { taskId, type } = this.request(step);
    return this.expected(step, () => this.client.reportIncorrect(taskId, type));
  }

  get_balance(step) {
    return this.expected(step, () => this.client.getBalance());
  }

  get_user_agent(step) {
    return this.expected(step, () => this.client.getUserAgent());
  }

  call(step) {
    return this.expected(step, () => this.client.call(step.method, this.request(step)));
  }

  check(step) {
    return this.expected(step, () => check(rawTask(this.request(step).task)));
  }

  describe(step) {
    return this.expected(step, () => describe(step.topic));
  }

  async open(step) {
    let opened;
    await this.expected(step, () => (opened = new Client(this.filled(step.config))));
    await opened?.close();
  }

  async open_sandbox(step) {
    let opened;
    await this.expected(step, () => (opened = new Sandbox(this.filled(step.config))));
    await opened?.close();
  }

  counters(step) {
    const asked = step.of === 'client' ? this.client : this.sandbox;
    return differences(asked.inspect().raw, step.expect);
  }

  inspect(step) {
    const wrong = this.counters(step);
    if (wrong.length > 0) throw new Failed(wrong.join('; '));
  }

  async until(step) {
    const end = performance.now() + PATIENCE_MS;
    for (let wrong = this.counters(step); wrong.length > 0; wrong = this.counters(step)) {
      if (performance.now() > end) throw new Failed(wrong.join('; '));
      await pause(5);
    }
  }

  close() {
    return this.client.close();
  }
}

/** Runs one vector; throws when a step is not as expected. */
export function run(vector) {
  return new Run(vector).run();
}

async function main() {
  const results = {};
  for (const vector of load(process.env.CAPTASK_VECTORS)) {
    try {
      await run(vector);
      results[vector.name] = 'ok';
      console.log(`ok vectors node: ${vector.name}`);
    } catch (error) {
      results[vector.name] = error instanceof Failed ? error.message : String(error);
      console.log(`FAILED vectors node: ${vector.name}: ${results[vector.name]}`);
      process.exitCode = 1;
    }
  }
  const out = process.env.CAPTASK_VECTORS_OUT;
  if (out) writeFileSync(join(out, 'node.json'), `${JSON.stringify({ language: 'Node.js', results }, null, 1)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
