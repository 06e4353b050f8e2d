import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client, Sandbox, onLog } from 'captask';
import { pair, quick, runNode, runProgram, task, until } from './support.mjs';

test('a program with nothing in flight ends by itself, whatever it left open', async () => {
  assert.deepEqual(await runProgram('idle.mjs'), { code: 0, signal: null, stdout: 'string\n', stderr: '' });
});

test('process.exit with work in flight', async () => {
  assert.deepEqual(await runProgram('abandon.mjs', ['exit']), { code: 3, signal: null, stdout: 'in flight\n', stderr: '' });
});

test('an exception with work in flight', async () => {
  const { code, signal, stderr } = await runProgram('abandon.mjs', ['throw']);
  assert.deepEqual({ code, signal }, { code: 1, signal: null });
  assert.match(stderr, /a fault of the program/);
});

test('closing with calls in flight answers them, and the program ends', async () => {
  const { code, stdout } = await runProgram('abandon.mjs', ['close']);
  assert.equal(code, 0);
  const codes = stdout.split('\n')[1].split(',');
  assert.equal(codes.length, 53);
  assert.deepEqual([...new Set(codes)], ['CAPTASK_CLOSED']);
});

for (const where of ['main', 'workers only']) {
  test(`workers are terminated with work in flight, the package loaded in ${where}`, async (t) => {
    const { sandbox } = pair(t, { solveMs: 60000, faults: [{ kind: 'stall', method: 'getBalance', delayMs: 60000 }] });
    const run = await runProgram('terminate.mjs', [sandbox.url, '5', where]);
    assert.deepEqual(run, { code: 0, signal: null, stdout: where === 'main' ? 'string\ndone\n' : 'done\n', stderr: '' });
  });
}

test('a process with workers in flight is ended by process.exit', async () => {
  const source = `
    const { Worker } = require('node:worker_threads');
    const { Sandbox } = require('captask');
    const sandbox = new Sandbox({ solveMs: 60000 });
    const worker = new Worker(${JSON.stringify(fileURLToPath(new URL('programs/worker.mjs', import.meta.url)))},
      { workerData: { url: sandbox.url, answers: true } });
    worker.once('message', () => process.exit(4));`;
  const { code, signal, stderr } = await runNode(['-e', source], {}, { cwd: fileURLToPath(new URL('.', import.meta.url)) });
  assert.deepEqual({ code, signal, stderr }, { code: 4, signal: null, stderr: '' });
});

test('what a journal remembers comes back after a crash', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'captask-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { sandbox } = pair(t, { solveMs: 300 });
  const journal = join(folder, 'journal');
  const path = fileURLToPath(new URL('programs/buy.mjs', import.meta.url));
  const child = spawn(process.execPath, [path, sandbox.url, journal], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  const client = new Client({ endpoint: sandbox.url, clientKey: 'KEY', journal, ...quick });
  const found = [];
  for await (const outcome of client.recovered()) found.push(outcome);
  assert.deepEqual(found.map((one) => [one.status, one.value?.taskId, one.value?.extra]),
    [['fulfilled', 7654321, 'of the process before']]);
  // Closing leaves what is in flight to the journal.
  const left = client.solve(task, { extra: 'left', firstPollMs: 5000 });
  const refused = assert.rejects(left, { code: 'CAPTASK_CLOSED' });
  await until(() => client.inspect().created === 1);
  await client.close();
  await refused;
  const next = new Client({ endpoint: sandbox.url, clientKey: 'KEY', journal, ...quick });
  for await (const outcome of next.recovered()) found.push(outcome);
  assert.equal(found.at(-1).value.extra, 'left');
  await next.close();
  assert.equal(sandbox.inspect().requests.createTask, 2);
  const last = new Client({ endpoint: sandbox.url, clientKey: 'KEY', journal });
  assert.deepEqual((await last.recovered().next()).done, true);
  await last.close();
});

test('what a journal brought back before the client was closed is still handed over', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'captask-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const { sandbox } = pair(t);
  const open = () => sandbox.client({ ...quick, journal: join(folder, 'journal') });
  const before = open();
  const left = assert.rejects(before.solve(task, { extra: 'left', firstPollMs: 60000 }), { code: 'CAPTASK_CLOSED' });
  await until(() => before.inspect().created === 1);
  await before.close();
  await left;
  const client = open();
  await until(() => client.inspect().inFlight + client.inspect().unread === 0);
  // Answers come in the order in which they were read: the one that was brought back is here, too.
  await client.solve(task);
  await client.close();
  const found = [];
  for await (const outcome of client.recovered()) found.push(outcome.value.extra);
  assert.deepEqual(found, ['left']);
  await assert.rejects(client.recovered().next(), { code: 'CAPTASK_CLOSED' });
});

test('calls that wait block neither the event loop nor libuv\'s pool, and take few threads', async (t) => {
  const { client, sandbox } = pair(t, {
    solveMs: 60000, faults: [{ kind: 'stall', method: 'getBalance', delayMs: 60000 }],
  });
  const threads = () => (process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0);
  const before = threads();
  const pending = [
    ...Array.from({ length: 200 }, () => client.solve(task)),
    ...Array.from({ length: 40 }, () => client.getBalance()),
  ];
  let settled = 0;
  const all = Promise.allSettled(pending.map((one) => one.finally(() => (settled += 1))));
  await until(() => client.inspect().created === 200 && sandbox.inspect().requests.getBalance === 8);
  // libuv's pool has four threads.
  const files = await Promise.all(Array.from({ length: 20 }, () => readFile(new URL(import.meta.url))));
  assert.equal(files.length, 20);
  assert.equal(settled, 0, 'all of them still wait');
  // Eight for calls, one receiver; the library's own, and libuv's four.
  assert.ok(threads() - before <= 8 + 1 + 4 + client.inspect().threads + 4, `${threads() - before} threads more`);
  await client.close();
  assert.equal((await all).length, 240);
});

test('log lines come through the event loop, and never hold anything up', async (t) => {
  const lines = [];
  const end = onLog((level, line) => lines.push([level, line]), 'trace');
  t.after(end);
  const { client } = pair(t, {}, { ...quick, clientKey: 'a-secret-key' });
  const pending = Promise.all(Array.from({ length: 50 }, () => client.solve(task)));
  // The loop is blocked while the library logs.
  const sandboxTime = performance.now() + 200;
  while (performance.now() < sandboxTime) continue;
  await pending;
  // A listener may use the package.
  await until(() => lines.length > 50);
  assert.ok(lines.every(([level, line]) => ['error', 'warn', 'info', 'debug', 'trace'].includes(level) && line));
  assert.ok(!lines.some(([, line]) => line.includes('a-secret-key')));
  end();
  const { length } = lines;
  await client.solve(task);
  await client.close();
  assert.equal(lines.length, length);
});

test('a log listener hears its own level only, and its exceptions are its own', async () => {
  const source = `
    const { Sandbox, onLog } = require('captask');
    const loud = [], quiet = [];
    onLog((level) => loud.push(level), 'trace');
    onLog((level) => quiet.push(level), 'error');
    process.once('uncaughtException', (error) => console.log(error.message));
    const end = onLog(() => { end(); throw new Error('of the listener'); }, 'trace');
    (async () => {
      const sandbox = new Sandbox({ solveMs: 0 });
      const client = sandbox.client();
      await client.getBalance();
      await client.close();
      await sandbox.close();
      await new Promise(setImmediate);
      console.log(loud.length > 0, quiet.length);
    })();`;
  const { code, stdout } = await runNode(['-e', source], {}, { cwd: fileURLToPath(new URL('.', import.meta.url)) });
  assert.deepEqual({ code, stdout }, { code: 0, stdout: 'of the listener\ntrue 0\n' });
  assert.throws(() => onLog(() => {}, 'loud'), { name: 'TypeError', message: /loud/ });
});

test('DEBUG=captask logs to standard error', async () => {
  const { code, stderr } = await runProgram('idle.mjs', [], { DEBUG: 'express:*,captask' });
  assert.equal(code, 0);
  assert.match(stderr, /bought task 7654321/);
});

test('a library that cannot be loaded is named, with what to do', async () => {
  const load = (library) => runNode(['-e', "require('captask')"], { CAPTASK_LIBRARY: library },
    { cwd: fileURLToPath(new URL('.', import.meta.url)) });
  const missing = await load('/nowhere/libcaptask.so');
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /captask: the library that CAPTASK_LIBRARY names cannot be loaded: .*\/nowhere\/libcaptask\.so/);
  const addon = readFileSync(process.env.CAPTASK_OTHER_LIBRARY ?? '/proc/self/maps', 'latin1')
    .split('\n').map((line) => line.split(/\s+/).at(-1)).find((path) => /libm?\.?[^/]*\.so\.6$/.test(path));
  const other = await load(addon);
  assert.match(other.stderr, /has no captask_version: it is no captask library/);
});

test('a sandbox of a closed client goes on', async () => {
  const sandbox = new Sandbox({ solveMs: 0 });
  const first = sandbox.client(quick);
  await first.solve(task);
  await first.close();
  const second = sandbox.client(quick);
  await second.solve(task);
  await second.close();
  await sandbox.close();
});
