// A sandbox in a process of its own. It prints its URL, and ends when its standard input does.
import { Sandbox } from 'captask';

const sandbox = new Sandbox({ solveMs: 500 });
console.log(sandbox.url);
process.stdin.resume().on('end', () => sandbox.close());
