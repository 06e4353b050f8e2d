// Buys a task with a journal, and waits to be killed.
import { Client } from 'captask';
import { task, until } from '../support.mjs';

const [endpoint, journal] = process.argv.slice(2);
const client = new Client({ endpoint, clientKey: 'KEY', journal });
client.solve(task, { extra: 'of the process before' }).catch(() => {});
await until(() => client.inspect().created === 1);
console.log('bought');
