// Ends, in the way that the first argument says, while tasks and calls are in flight.
import { Client, Sandbox } from 'captask';
import { task, until } from '../support.mjs';

const sandbox = new Sandbox({ solveMs: 60000, faults: [{ kind: 'stall', method: 'getBalance', delayMs: 60000 }] });
const client = sandbox.client();
const own = new Client({ endpoint: 'sandbox:' });
const pending = Array.from({ length: 50 }, () => client.solve(task));
pending.push(own.solve(task), client.getBalance(), client.getBalance());
const settled = Promise.allSettled(pending);
await until(() => client.inspect().created === 50 && sandbox.inspect().requests.getBalance === 2);
console.log('in flight');
if (process.argv[2] === 'exit') {
  process.exit(3);
} else if (process.argv[2] === 'throw') {
  throw new Error('a fault of the program');
} else {
  await client.close();
  await own.close();
  console.log((await settled).map((one) => one.reason?.code).join());
  await sandbox.close();
}
