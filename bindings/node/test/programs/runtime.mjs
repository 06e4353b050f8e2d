// What has to work in every JavaScript runtime that loads addons of Node-API. Prints "ok", or ends at the first fault.
// With the argument "exit" it ends with code 3 while a task is in flight.
import assert from 'node:assert/strict';
import process from 'node:process';
import { AbortError, Sandbox, onLog } from 'captask';
import { quick, task, until } from '../support.mjs';

let lines = 0;
const end = onLog(() => (lines += 1), 'trace');
const sandbox = new Sandbox({ solveMs: 0 });
const client = sandbox.client(quick);
const answers = await Promise.all(Array.from({ length: 1000 }, () => client.solve(task)));
assert.equal(new Set(answers.map((answer) => answer.taskId)).size, 1000);
assert.ok((await client.getBalance()).balance > 0);
const controller = new AbortController();
const pending = client.solve(task, { signal: controller.signal, firstPollMs: 60000 });
await until(() => client.inspect().created === 1001);
controller.abort(new Error('no longer needed'));
const error = await pending.catch((caught) => caught);
assert.ok(error instanceof AbortError && error.taskId !== undefined && error.cause.message === 'no longer needed');
for await (const { status } of client.imap([task, task])) assert.equal(status, 'fulfilled');
assert.ok(lines > 1000);
end();
client.solve(task, { firstPollMs: 60000 }).catch((closed) => assert.equal(closed.code, 'CAPTASK_CLOSED'));
await until(() => client.inspect().created === 1004);
console.log('ok');
if (process.argv[2] === 'exit') process.exit(3);
await client.close();
await sandbox.close();
