import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { CaptaskError, check, describe, onLog } from 'captask';
import { pair, runNode, task } from './support.mjs';

/** A signal as other libraries make them. */
function madeSignal(members) {
  return { aborted: false, addEventListener() {}, removeEventListener() {}, ...members };
}

test('what is no signal is refused, saying to pass controller.signal, and nothing is sent', async (t) => {
  const { client, sandbox } = pair(t);
  const message = /^captask: signal is .* pass the signal of an AbortController: \{ signal: controller\.signal \}$/;
  const objects = [new AbortController(), {}, [], () => {}, new Date(), new EventTarget(), Object.create(null)];
  for (const signal of [...objects, 'abort', 5, true]) {
    await assert.rejects(client.solve(task, { signal }), { name: 'TypeError', message });
    await assert.rejects(client.adopt(7654321, { signal }), { name: 'TypeError', message });
    await assert.rejects(client.imap([task], { signal }).next(), { name: 'TypeError', message });
    await assert.rejects(client.solveMany([task], { signal }), { name: 'TypeError', message });
  }
  const controller = client.solve(task, { signal: new AbortController() });
  await assert.rejects(controller, /signal is an AbortController and no AbortSignal/);
  const { createTask, getTaskResult } = sandbox.inspect().requests;
  assert.deepEqual({ createTask, getTaskResult }, { createTask: 0, getTaskResult: 0 });
  assert.equal(client.inspect().inFlight, 0);
});

test('null in the place of a signal is no signal', async (t) => {
  const { client, sandbox } = pair(t);
  assert.ok((await client.solve(task, { signal: null })).solution.token);
  const [outcome] = await client.solveMany([task], { signal: null });
  assert.equal(outcome.status, 'fulfilled');
  assert.equal(sandbox.inspect().requests.createTask, 2);
});

test('a signal that takes no listener: its error is thrown, and nothing is sent', async (t) => {
  const { client, sandbox } = pair(t);
  const signal = madeSignal({ addEventListener() { throw new Error('no listeners here'); } });
  await assert.rejects(client.solve(task, { signal }), /^Error: no listeners here$/);
  assert.equal(sandbox.inspect().requests.createTask, 0);
  assert.equal(client.inspect().inFlight, 0);
});

test('a signal that does not let go of its listener costs no answer', async (t) => {
  const { client } = pair(t);
  const warned = once(process, 'warning');
  const signal = madeSignal({ removeEventListener() { throw new Error('stays'); } });
  const answers = await Promise.all([...Array(5).fill({ signal }), {}].map((options) => client.solve(task, options)));
  assert.equal(new Set(answers.map((one) => one.taskId)).size, 6);
  assert.match((await warned)[0].message, /the signal cannot remove a listener: stays$/);
  const [outcome] = await client.solveMany([task], { signal });
  assert.equal(outcome.status, 'fulfilled');
});

test('a request that the library refuses lets go of the signal', async (t) => {
  const { client } = pair(t);
  let listeners = 0;
  const signal = madeSignal({
    addEventListener() { listeners += 1; },
    removeEventListener() { listeners -= 1; },
  });
  await assert.rejects(client.solve(task, { signal, timeoutMs: -1 }), { code: 'CAPTASK_INVALID_REQUEST' });
  assert.equal(listeners, 0);
});

test('options that are no plain object are refused with an example, and nothing is sent', async (t) => {
  const { client, sandbox } = pair(t);
  const objects = [AbortSignal.timeout(60000), madeSignal({}), new AbortController(), [1], () => {}, new Map()];
  for (const options of [...objects, 5000, null, 'fast', true]) {
    const refused = (example) => (error) => {
      assert.ok(error instanceof TypeError);
      assert.match(error.message, /^captask: the options are [^;]+; pass an object, as in /);
      assert.ok(error.message.endsWith(`as in ${example}`), error.message);
      return true;
    };
    await assert.rejects(client.solve(task, options), refused('solve(task, { signal })'));
    await assert.rejects(client.adopt(7654321, options), refused('adopt(taskId, { signal })'));
    await assert.rejects(client.createTask(task, options), refused('createTask(task, { callbackUrl })'));
    await assert.rejects(client.imap([task], options).next(), refused('{ concurrency, signal }'));
    await assert.rejects(client.solveMany([task], options), refused('{ concurrency, signal }'));
  }
  await assert.rejects(client.solve(task, AbortSignal.timeout(60000)), /the options are an AbortSignal;/);
  const { createTask, getTaskResult } = sandbox.inspect().requests;
  assert.deepEqual({ createTask, getTaskResult }, { createTask: 0, getTaskResult: 0 });
});

test('options of every form that is a plain object are taken', async (t) => {
  const { client } = pair(t);
  const bare = Object.assign(Object.create(null), { extra: 1 });
  for (const options of [undefined, {}, bare, Object.freeze({ extra: 1 }), runInNewContext('({ extra: 1 })')]) {
    assert.equal((await client.solve(task, options)).extra, options?.extra);
  }
});

test('many: tasks that cannot be iterated, and an onUnseen that is no function, are refused', async (t) => {
  const { client, sandbox } = pair(t);
  for (const tasks of [undefined, null, 5, 'tasks', task]) {
    const message = /^captask: tasks cannot be iterated; pass an array/;
    await assert.rejects(client.imap(tasks).next(), { name: 'TypeError', message });
    await assert.rejects(client.solveMany(tasks), { name: 'TypeError', message });
  }
  const unseen = client.imap([task], { onUnseen: [] }).next();
  await assert.rejects(unseen, { name: 'TypeError', message: /onUnseen is an array; pass a function/ });
  assert.equal(sandbox.inspect().requests.createTask, 0);
});

test('a log listener that is no function is refused, and the process goes on', async () => {
  const source = `
    const { Sandbox, onLog } = require('captask');
    (async () => {
      for (const listener of ['x', undefined, null, {}, 'debug']) {
        try {
          onLog(listener, 'trace');
        } catch (error) {
          console.log(error.name, error.message);
        }
      }
      const lines = [];
      onLog((level, line) => lines.push(line), 'trace');
      const sandbox = new Sandbox({ solveMs: 0 });
      const client = sandbox.client();
      await client.getBalance();
      await client.close();
      await sandbox.close();
      console.log(lines.length > 0);
    })();`;
  const cwd = fileURLToPath(new URL('.', import.meta.url));
  const { code, stdout, stderr } = await runNode(['-e', source], {}, { cwd });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  const refused = (kind) => `TypeError captask: the listener is ${kind}; pass a function, as in ` +
    'onLog((level, line) => console.error(level, line))\n';
  assert.equal(stdout, `${['a string', 'undefined', 'null', 'an object', 'a string'].map(refused).join('')}true\n`);
  assert.throws(() => onLog('x'), TypeError);
});

test('a task that is none: the error says what to pass in Node.js', async (t) => {
  const { client, sandbox } = pair(t);
  for (const [value, kind] of [[undefined, 'undefined'], [null, 'null'], ['x', 'a string'], [[], 'an array']]) {
    const wrong = (method) => (error) => {
      assert.ok(error instanceof CaptaskError);
      assert.equal(error.code, 'CAPTASK_INVALID_REQUEST');
      const hint = `pass an object with the task's type, as in ${method}({ type: 'ImageToTextTask', … })`;
      assert.equal(error.description, `task is ${kind}; ${hint}`);
      assert.deepEqual(error.problems, [{ pointer: '/task', problem: `task is ${kind}`, hint }]);
      return true;
    };
    await assert.rejects(client.solve(value), wrong('solve'));
    await assert.rejects(client.createTask(value), wrong('createTask'));
    assert.throws(() => check(value), wrong('check'));
    assert.throws(() => client.check(value), wrong('check'));
    const [outcome] = await client.solveMany([value]);
    assert.ok(wrong('solve')(outcome.reason));
  }
  for (const value of [undefined, null]) {
    await assert.rejects(client.adopt(value), {
      code: 'CAPTASK_INVALID_REQUEST',
      description: `taskId is ${value}; pass that of an answer or of an error, as in adopt(error.taskId)`,
    });
  }
  const { createTask, getTaskResult } = sandbox.inspect().requests;
  assert.deepEqual({ createTask, getTaskResult }, { createTask: 0, getTaskResult: 0 });
});

test('errors name the functions of this package', async (t) => {
  const { client } = pair(t, {}, { validate: 'strict' });
  const caught = (error) => {
    assert.equal(error.code, 'CAPTASK_UNKNOWN_TOPIC');
    assert.match(error.message, /describe\(\) lists the topics\.$/);
    assert.doesNotMatch(error.message + error.description, /captask_|NULL/);
    return true;
  };
  assert.throws(() => describe('nonsense'), caught);
  assert.throws(() => client.describe('nonsense'), caught);
  await assert.rejects(client.call(undefined), { name: 'TypeError', message: /method is undefined; pass its name/ });
  await assert.rejects(client.solve({ type: 'ComplexImageTask', imagesBase64: ['x'] }), (error) => {
    assert.match(error.message, /describe\('tasks'\) lists the classes/);
    assert.match(JSON.stringify(error.problems), /describe\('tasks'\) lists the classes/);
    assert.doesNotMatch(error.message + JSON.stringify(error.problems), /captask_/);
    return true;
  });
});
