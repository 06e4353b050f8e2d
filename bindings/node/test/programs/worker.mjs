// A worker with tasks and calls in flight. It says when they are, and is terminated.
import { parentPort, workerData } from 'node:worker_threads';
import { Client, onLog } from 'captask';
import { task, until } from '../support.mjs';

onLog(() => {}, 'trace');
const client = new Client({ endpoint: workerData.url, clientKey: 'KEY', ...workerData.config });
const own = new Client({ endpoint: 'sandbox:' });
if (workerData.answers) {
  // Answers come all the time.
  const solve = () => own.solve(task, { firstPollMs: 1, pollIntervalMs: 1, timeoutMs: 60000 }).then(solve, solve);
  for (let i = 0; i < 20; i++) solve();
}
for (let i = 0; i < 20; i++) client.solve(task).catch(() => {});
client.getBalance().catch(() => {});
await until(() => client.inspect().created === 20);
parentPort.postMessage('in flight');
