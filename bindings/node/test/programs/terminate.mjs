// Terminates workers with work in flight, some of them together; the package goes on in the main thread if it is told to
// load it there. Of the workers' threads none is left: 'done' comes when there are as few as before.
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const [url, rounds, inMain] = process.argv.slice(2);
const captask = inMain === 'main' ? await import('captask') : undefined;
const threads = () => (process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0);
const before = threads();
for (let round = 0; round < Number(rounds); round++) {
  const workers = Array.from({ length: 3 }, (_, i) => new Worker(new URL('worker.mjs', import.meta.url), {
    workerData: { url, answers: i === 0 },
  }));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  await Promise.all(workers.map((worker) => worker.terminate()));
}
while (threads() > before) await new Promise((resolve) => setTimeout(resolve, 5));
if (captask !== undefined) {
  const client = new captask.Client({ endpoint: 'sandbox:' });
  const { task } = await import('../support.mjs');
  const { solution } = await client.solve(task, { firstPollMs: 5 });
  console.log(typeof solution.token);
}
console.log('done');
