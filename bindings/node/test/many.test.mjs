import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AbortError, rawTask } from 'captask';
import { pair, quick, task, until } from './support.mjs';

const slow = { solveMs: 60000 };

test('a signal that is aborted before: nothing is sent', async (t) => {
  const { client, sandbox } = pair(t);
  const reason = new Error('no longer needed');
  const error = await client.solve(task, { signal: AbortSignal.abort(reason) }).catch((caught) => caught);
  assert.ok(error instanceof AbortError);
  assert.equal(error.name, 'AbortError');
  assert.equal(error.code, 'CAPTASK_CANCELLED');
  assert.equal(error.cause, reason);
  assert.equal(error.taskId, undefined);
  assert.equal(error.outcomeUnknown, false);
  assert.equal(sandbox.inspect().requests.createTask, 0);
});

test('a signal that is aborted in flight: the error has the taskId that is paid for', async (t) => {
  const { client, sandbox } = pair(t, slow);
  const controller = new AbortController();
  const pending = client.solve(task, { signal: controller.signal, extra: 'mine' });
  await until(() => client.inspect().created === 1);
  controller.abort();
  const error = await pending.catch((caught) => caught);
  assert.ok(error instanceof AbortError);
  assert.equal(error.taskId, 7654321);
  assert.equal(error.extra, 'mine');
  assert.equal(error.cause, controller.signal.reason);
  assert.equal(client.inspect().inFlight, 0);
  assert.equal(sandbox.inspect().requests.createTask, 1);
});

test('a signal that is aborted within createTask: a task may have been bought', async (t) => {
  const { client, sandbox } = pair(t, { faults: [{ kind: 'stall', method: 'createTask', delayMs: 60000 }] });
  const controller = new AbortController();
  const pending = client.solve(task, { signal: controller.signal });
  await until(() => sandbox.inspect().requests.createTask === 1);
  controller.abort();
  await assert.rejects(pending, { name: 'AbortError', outcomeUnknown: true, taskId: undefined });
});

test('one signal gives up many tasks, without a warning, and lets go of the signal', async (t) => {
  const { client } = pair(t, slow);
  const warnings = [];
  const onWarning = (warning) => warnings.push(warning);
  process.on('warning', onWarning);
  t.after(() => process.off('warning', onWarning));
  const controller = new AbortController();
  let listeners = 0;
  const { signal } = controller;
  const counting = {
    get aborted() { return signal.aborted; },
    get reason() { return signal.reason; },
    addEventListener: (...args) => { listeners += 1; signal.addEventListener(...args); },
    removeEventListener: (...args) => { listeners -= 1; signal.removeEventListener(...args); },
  };
  const pending = Array.from({ length: 100 }, () => client.solve(task, { signal: counting }));
  const settled = Promise.allSettled(pending);
  assert.equal(listeners, 1);
  await until(() => client.inspect().created === 100);
  controller.abort();
  const codes = (await settled).map((one) => one.reason?.code);
  assert.deepEqual(new Set(codes), new Set(['CAPTASK_CANCELLED']));
  assert.equal(listeners, 0);
  assert.deepEqual(warnings, []);
});

test('an answer that is there wins over a later abort', async (t) => {
  const { client } = pair(t);
  const controller = new AbortController();
  const pending = client.solve(task, { signal: controller.signal });
  const answer = await pending;
  controller.abort();
  assert.ok(answer.solution.token);
});

test('AbortSignal.timeout', async (t) => {
  const { client } = pair(t, slow);
  const error = await client.solve(task, { signal: AbortSignal.timeout(30) }).catch((caught) => caught);
  assert.equal(error.cause.name, 'TimeoutError');
});

test('closing answers each task in flight, with its taskId', async (t) => {
  const { client } = pair(t, slow);
  const pending = Array.from({ length: 20 }, (_, extra) => client.solve(task, { extra }));
  const settled = Promise.allSettled(pending);
  await until(() => client.inspect().created === 20);
  await client.close();
  const outcomes = await settled;
  assert.deepEqual(outcomes.map((one) => [one.reason.code, one.reason.extra]),
    outcomes.map((_, i) => ['CAPTASK_CLOSED', i]));
  assert.equal(new Set(outcomes.map((one) => one.reason.taskId)).size, 20);
});

test('solveMany: every outcome, in order', async (t) => {
  const { client } = pair(t, { solveMs: { min: 0, max: 50 }, solutions: [
    { match: { websiteKey: 'BAD' }, error: 'ERROR_CAPTCHA_UNSOLVABLE' },
  ] });
  const tasks = Array.from({ length: 100 }, (_, i) => ({ ...task, websiteKey: i % 10 === 3 ? 'BAD' : 'KEY' }));
  const outcomes = await client.solveMany(tasks, { concurrency: 7 });
  assert.deepEqual(outcomes.map((one) => one.index), tasks.map((_, i) => i));
  assert.deepEqual(outcomes.map((one) => one.status),
    tasks.map((_, i) => (i % 10 === 3 ? 'rejected' : 'fulfilled')));
  assert.equal(outcomes[3].reason.code, 'ERROR_CAPTCHA_UNSOLVABLE');
  const [refused] = await client.solveMany([rawTask({ type: 'TurnstileTask', x: Promise.resolve() })]);
  assert.equal(refused.reason.name, 'TypeError');
});

test('imap yields what is ready first, and keeps to its concurrency', async (t) => {
  const { client, sandbox } = pair(t, { solveMsByType: { TurnstileTask: 1000, ImageToTextTask: 0 } });
  let most = 0;
  async function* tasks() {
    yield task;
    for (let i = 0; i < 30; i++) {
      most = Math.max(most, client.inspect().inFlight + client.inspect().unread);
      yield { type: 'ImageToTextTask', body: Buffer.alloc(200) };
    }
  }
  const indices = [];
  for await (const outcome of client.imap(tasks(), { concurrency: 4 })) {
    assert.equal(outcome.status, 'fulfilled', outcome.reason);
    indices.push(outcome.index);
  }
  assert.deepEqual([...indices].sort((a, b) => a - b), Array.from({ length: 31 }, (_, i) => i));
  assert.notEqual(indices[0], 0, 'the slow one is first, and comes later');
  assert.ok(most <= 4, `${most} at once`);
  assert.equal(sandbox.inspect().requests.createTask, 31);
});

test('imap does not run ahead of a loop that is slow', async (t) => {
  const { client } = pair(t);
  let taken = 0;
  function* tasks() {
    for (;;) {
      taken += 1;
      yield task;
    }
  }
  let seen = 0;
  for await (const outcome of client.imap(tasks(), { concurrency: 5 })) {
    assert.equal(outcome.status, 'fulfilled');
    seen += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(taken <= seen + 10, `${taken} taken, ${seen} seen`);
    if (seen === 10) break;
  }
});

test('leaving the loop of imap gives up what is in flight, and says what was paid for', async (t) => {
  const { client, sandbox } = pair(t, { solveMsByType: { TurnstileTask: 60000, ImageToTextTask: 0 } });
  let closed = false;
  function* tasks() {
    try {
      yield task;
      yield task;
      yield { type: 'ImageToTextTask', body: Buffer.alloc(200) };
    } finally {
      closed = true;
    }
  }
  const unseen = [];
  for await (const outcome of client.imap(tasks(), { onUnseen: (one) => unseen.push(one) })) {
    assert.equal(outcome.index, 2);
    await until(() => client.inspect().created === 3);
    break;
  }
  assert.deepEqual(unseen.map((one) => one.index).sort(), [0, 1]);
  for (const { reason } of unseen) assert.deepEqual([reason.name, typeof reason.taskId], ['AbortError', 'number']);
  assert.equal(client.inspect().inFlight, 0);
  assert.ok(closed);
  assert.equal(sandbox.inspect().requests.createTask, 3);
});

test('a source that throws ends imap after the outcomes of what was taken', async (t) => {
  const { client } = pair(t, { solveMs: 50 });
  function* tasks() {
    yield task;
    yield task;
    throw new Error('the file ends here');
  }
  const seen = [];
  await assert.rejects(async () => {
    for await (const outcome of client.imap(tasks())) seen.push(outcome.status);
  }, /the file ends here/);
  assert.deepEqual(seen, ['fulfilled', 'fulfilled']);
  await assert.rejects(client.imap([task], { concurrency: 0 }).next(), RangeError);
});

test('a signal gives up all of solveMany', async (t) => {
  const { client } = pair(t, slow, quick);
  const controller = new AbortController();
  const pending = client.solveMany(Array(10).fill(task), { signal: controller.signal });
  await until(() => client.inspect().created === 10);
  controller.abort(new Error('enough'));
  const outcomes = await pending;
  assert.deepEqual(new Set(outcomes.map((one) => one.reason.name)), new Set(['AbortError']));
  assert.equal(outcomes[0].reason.cause.message, 'enough');
});

test('a source that has nothing for a long time does not hold up leaving the loop', async (t) => {
  const { client } = pair(t);
  async function* tasks() {
    yield task;
    await new Promise(() => {});
  }
  for await (const outcome of client.imap(tasks())) {
    assert.equal(outcome.status, 'fulfilled');
    break;
  }
  assert.equal(client.inspect().inFlight, 0);
});
