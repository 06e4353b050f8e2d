import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { CaptaskError, Client, Sandbox, check, describe, rawTask, version } from 'captask';
import { pair, quick, task, until } from './support.mjs';

/** What the sandbox says of the newest request to a method. */
async function sent(sandbox, method) {
  const { requests } = await (await fetch(`${sandbox.url}/_sandbox/requests?limit=50`)).json();
  return requests.filter((request) => request.method === method).at(-1);
}

test('a task is solved, and its answer says everything', async (t) => {
  const { client, sandbox } = pair(t);
  const answer = await client.solve(task, { extra: { row: 7 } });
  assert.equal(typeof answer.solution.token, 'string');
  assert.equal(answer.taskId, 7654321);
  assert.deepEqual(answer.extra, { row: 7 });
  assert.equal(answer.meta.polls, 1);
  assert.equal(answer.members.status, 'ready');
  assert.deepEqual(JSON.parse(answer.raw), JSON.parse(JSON.stringify(answer)));
  assert.equal(sandbox.inspect().requests.createTask, 1);
});

test('bytes go out as base64, wherever they are', async (t) => {
  const { client, sandbox } = pair(t, { checkTasks: false });
  const bytes = Buffer.from('a picture');
  const body = bytes.toString('base64');
  const views = [bytes, new Uint8Array(bytes), new DataView(new Uint8Array(bytes).buffer), new Uint8Array(bytes).buffer];
  const imagesBase64 = [...views, bytes.subarray(2, 4)];
  await client.solve(rawTask({ type: 'ComplexImageTask', imagesBase64 }));
  const request = await sent(sandbox, 'createTask');
  const text = JSON.stringify(request);
  for (const wanted of [body, bytes.subarray(2, 4).toString('base64')]) assert.ok(text.includes(wanted), text);
  assert.equal(text.split(body).length - 1, 4, text);
});

test('what has no form in JSON is refused by name, and nothing is sent', async (t) => {
  const { client, sandbox } = pair(t);
  const cases = [
    [Promise.resolve('x'), /body is a Promise/], [new Blob(['x']), /body is a Blob/], [new Map(), /body is a Map/],
    [NaN, /body is NaN/], [() => 'x', /body is a function/], [Symbol('x'), /body is a symbol/],
    [new ReadableStream(), /body is a stream/],
  ];
  for (const [body, message] of cases) {
    await assert.rejects(client.solve(rawTask({ type: 'ImageToTextTask', body })), { name: 'TypeError', message });
  }
  const extra = { then: 1, pipe: true, arrayBuffer: 'x', getReader: null, toJSON: 2 };
  assert.deepEqual((await client.solve(task, { extra })).extra, extra);
  const circle = { type: 'ImageToTextTask' };
  circle.body = circle;
  await assert.rejects(client.solve(rawTask(circle)), TypeError);
  assert.equal(sandbox.inspect().requests.createTask, 1);
});

test('integers beyond 2^53 are bigint, out and back', async (t) => {
  const body = (members) => JSON.stringify(members).replaceAll(/"#(\d+)"/g, '$1');
  const { client } = pair(t, {
    faults: [
      { kind: 'wrongEnvelope', method: 'createTask', body: body({ errorId: 0, taskId: '#98765432109876543210' }) },
      { kind: 'wrongEnvelope', method: 'getTaskResult', body:
        body({ errorId: 0, status: 'ready', solution: { n: '#9007199254740993', text: '9007199254740993 \\" 1', f: 0.5 } }) },
    ],
  });
  const extra = { n: -12345678901234567890n, safe: 9007199254740991, s: 'bigint-x:12' };
  const answer = await client.solve(task, { extra });
  assert.equal(answer.taskId, 98765432109876543210n);
  assert.deepEqual(answer.solution, { n: 9007199254740993n, text: '9007199254740993 \\" 1', f: 0.5 });
  assert.deepEqual(answer.extra, extra);
  assert.match(JSON.stringify(answer), /"taskId":"98765432109876543210"/);
  assert.match(answer.raw, /"taskId":98765432109876543210/);
  const adopted = await client.adopt(answer.taskId);
  assert.equal(adopted.taskId, answer.taskId);
});

test('a member of the service with a name of the library does not hide the library\'s', async (t) => {
  const body = '{"errorId":0,"status":"ready","solution":{"token":"x"},"ticket":"t","extra":1,"meta":2,"taskId":5}';
  const { client } = pair(t, { faults: [{ kind: 'wrongEnvelope', method: 'getTaskResult', body }] });
  const answer = await client.solve(task, { extra: 'mine' });
  assert.equal(answer.extra, 'mine');
  assert.equal(answer.taskId, 7654321);
  assert.equal(answer.meta.polls, 1);
  assert.equal(answer.members.extra, 1);
});

test('an error says what, whether to repeat, and what was bought', async (t) => {
  const { client } = pair(t, { solutions: [{ error: 'ERROR_CAPTCHA_UNSOLVABLE' }] });
  const error = await client.solve(task, { extra: 1 }).catch((caught) => caught);
  assert.ok(error instanceof CaptaskError && error instanceof Error);
  assert.equal(error.name, 'CaptaskError');
  assert.equal(error.code, 'ERROR_CAPTCHA_UNSOLVABLE');
  assert.equal(error.taskId, 7654321);
  assert.equal(error.retryable, true);
  assert.equal(error.retryScope, 'new_task');
  assert.equal(error.extra, 1);
  assert.equal(error.outcomeUnknown, false);
  assert.equal(error.answer.errorId, 1);
  assert.match(error.message, /^ERROR_CAPTCHA_UNSOLVABLE: .*taskId 7654321/);
  assert.match(error.stack, /client\.test\.mjs/, 'the stack leads to the caller');
  assert.ok(!Object.keys(error).includes('raw'), inspect(error));
});

test('a lost reply of createTask is an unknown outcome', async (t) => {
  const { client } = pair(t, { faults: [{ kind: 'dropReply', method: 'createTask' }] });
  await assert.rejects(client.solve(task), { code: 'CAPTASK_OUTCOME_UNKNOWN', outcomeUnknown: true, taskId: undefined });
});

test('a wrong task names each problem', async (t) => {
  const { client } = pair(t, {}, { ...quick, validate: 'strict' });
  const error = await client.solve({ type: 'TurnstileTask' }).catch((caught) => caught);
  assert.equal(error.code, 'CAPTASK_INVALID_TASK');
  assert.deepEqual(error.problems.map((one) => one.pointer), ['/task/websiteURL', '/task/websiteKey']);
  assert.throws(() => check({ type: 'TurnstileTask' }), { code: 'CAPTASK_INVALID_TASK' });
  assert.equal(client.check(task).variant, 'turnstile');
});

test('the single calls', async (t) => {
  const { client, sandbox } = pair(t, { balance: 3, price: 1 });
  assert.equal((await client.getBalance()).balance, 3);
  const { taskId } = await client.createTask(task, { softId: 12 });
  assert.equal(taskId, 7654321);
  await until(() => sandbox.inspect().tasks.ready === 1);
  const result = await client.getTaskResult(taskId);
  assert.equal(result.status, 'ready');
  assert.equal(typeof result.solution.token, 'string');
  assert.ok(JSON.parse(result.raw).solution);
  assert.equal((await client.reportIncorrect(taskId, task.type)).errorId, 0);
  assert.match((await client.getUserAgent()).userAgent, /^Mozilla/);
  assert.equal((await client.call('getBalance')).balance, 2);
  await assert.rejects(client.call('no/method'), { code: 'CAPTASK_INVALID_ARGUMENT' });
  await assert.rejects(client.call('a\u0000b'), { name: 'TypeError', message: /U\+0000/ });
  const adopted = await client.adopt(taskId, { pollsUsed: 1 });
  assert.equal(adopted.taskId, taskId);
  assert.equal(sandbox.inspect().requests.createTask, 1);
});

test('more calls at once than the addon has threads', async (t) => {
  const { client, sandbox } = pair(t);
  const replies = await Promise.all(Array.from({ length: 40 }, () => client.getBalance()));
  assert.equal(new Set(replies.map((reply) => reply.balance)).size, 1);
  assert.equal(sandbox.inspect().requests.getBalance, 40);
});

test('describe, version, inspect', async (t) => {
  const { client } = pair(t);
  assert.equal(describe('error/ERROR_ZERO_BALANCE').class, 'balance');
  assert.ok(Array.isArray(client.describe('tasks').tasks));
  assert.ok(describe().errorId === 0);
  assert.throws(() => describe('nonsense'), { code: 'CAPTASK_UNKNOWN_TOPIC' });
  assert.match(version(), /^\d+\.\d+\.\d+$/);
  assert.equal(client.inspect().kind, 'client');
});

test('a wrong configuration is refused, naming the member', () => {
  assert.throws(() => new Client({ endpoint: 'sandbox:', apiKey: 'x' }), { code: 'CAPTASK_INVALID_CONFIG', message: /apiKey/ });
  assert.throws(() => new Client('KEY'), { name: 'TypeError', message: /clientKey/ });
  assert.throws(() => new Client(null), { name: 'TypeError' });
  assert.throws(() => new Sandbox({ solveMs: 'soon' }), { code: 'CAPTASK_INVALID_CONFIG' });
});

test('a wrong option is refused, and nothing is sent', async (t) => {
  const { client, sandbox } = pair(t);
  await assert.rejects(client.solve(task, { timeoutMs: -1 }), { code: 'CAPTASK_INVALID_REQUEST', message: /timeoutMs/ });
  await assert.rejects(client.solve(task, { timeOut: 1 }), { code: 'CAPTASK_INVALID_REQUEST', message: /timeOut/ });
  assert.equal(sandbox.inspect().requests.createTask, 0);
});

test('after closing, everything is refused, and closing again is fine', async (t) => {
  const { client, sandbox } = pair(t);
  await client.solve(task);
  await Promise.all([client.close(), client.close()]);
  const refused = {
    solve: () => client.solve(task),
    'solve, ahead of what is wrong with its arguments': () => client.solve(undefined, 5),
    adopt: () => client.adopt(1),
    imap: async () => client.imap([task]).next(),
    solveMany: () => client.solveMany([task]),
    recovered: () => client.recovered().next(),
    createTask: () => client.createTask(task),
    getTaskResult: () => client.getTaskResult(1),
    getBalance: () => client.getBalance(),
    getUserAgent: () => client.getUserAgent(),
    reportIncorrect: () => client.reportIncorrect(1, task.type),
    call: () => client.call('getBalance'),
    inspect: async () => client.inspect(),
  };
  for (const [name, ask] of Object.entries(refused)) {
    await assert.rejects(ask, { name: 'CaptaskError', code: 'CAPTASK_CLOSED', taskId: undefined }, name);
  }
  await client.close();
  assert.equal(sandbox.inspect().requests.createTask, 1);
});

test('calls that wait in the queue while the client is closed end as CAPTASK_CLOSED', async (t) => {
  const { client, sandbox } = pair(t, { faults: [{ kind: 'stall', method: 'getBalance', delayMs: 60000 }] });
  const settled = Promise.allSettled(Array.from({ length: 40 }, () => client.getBalance()));
  await until(() => sandbox.inspect().requests.getBalance === 8);
  await client.close();
  assert.deepEqual(new Set((await settled).map((one) => one.reason?.code)), new Set(['CAPTASK_CLOSED']));
});

test('asyncDispose closes', async () => {
  const sandbox = new Sandbox();
  const client = sandbox.client();
  await client[Symbol.asyncDispose]();
  await sandbox[Symbol.asyncDispose]();
  assert.throws(() => sandbox.inspect(), { code: 'CAPTASK_UNKNOWN_HANDLE' });
  assert.throws(() => client.inspect(), { code: 'CAPTASK_CLOSED' });
});
