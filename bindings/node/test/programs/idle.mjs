// Leaves a client, a sandbox and a log listener open, with nothing in flight: the program ends all the same.
import { Client, Sandbox, onLog } from 'captask';
import { task } from '../support.mjs';

onLog(() => {}, 'trace');
const sandbox = new Sandbox({ solveMs: 0 });
globalThis.kept = [sandbox, new Client({ endpoint: sandbox.url })];
const client = sandbox.client();
await client.getBalance();
const { solution } = await client.solve(task, { firstPollMs: 5 });
console.log(typeof solution.token);
