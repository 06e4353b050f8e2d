// Measures 1,000 solves at once: this package beside the service's official client, each run in a process of its own, in
// turn, against a sandbox in another. Writes bench/results.json and the table in README.md.
// Usage: node measure.mjs RESULTS README, where captask and the official client are installed above this file.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROUNDS = 5;
const COUNT = 1000;
const [results, readme] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Threads of a process now; 0 when it has ended. */
function threads(pid) {
  try {
    return Number(/Threads:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function run(client, url) {
  const child = spawn(process.execPath, [here('load.cjs'), client, url, String(COUNT)],
    { stdio: ['ignore', 'pipe', 'inherit'], timeout: 180000 });
  let most = 0;
  const timer = setInterval(() => (most = Math.max(most, threads(child.pid))), 10);
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  const [code, signal] = await once(child, 'close');
  clearInterval(timer);
  if (code !== 0) throw new Error(`${client}: exit ${code ?? signal}: ${text}`);
  const found = JSON.parse(text);
  if (found.solved !== COUNT) console.log(`${client}: ${found.solved} of ${COUNT} solved: ${found.failed}`);
  return { ...found, threads: most };
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const sandbox = spawn(process.execPath, [here('sandbox.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
const [url] = await once(createInterface({ input: sandbox.stdout }), 'line');
const runs = { captask: [], official: [] };
try {
  for (let round = 0; round < ROUNDS; round++) {
    for (const client of Object.keys(runs)) runs[client].push(await run(client, url));
  }
} finally {
  sandbox.stdin.end();
  await once(sandbox, 'close');
}

const columns = ['solved', 'seconds', 'cpuSeconds', 'memoryMiB', 'threads', 'pauseMs'];
const medians = Object.fromEntries(Object.entries(runs).map(([client, list]) =>
  [client, Object.fromEntries(columns.map((name) => [name, median(list.map((one) => one[name]))]))]));
const official = require('@zennolab_com/capmonstercloud-client/package.json').version;
const { version } = require('captask/package.json');
const machine = `${cpus().length} cores, Node.js ${process.versions.node}`;
writeFileSync(results, `${JSON.stringify({
  date: new Date().toISOString().slice(0, 10), machine, count: COUNT, rounds: ROUNDS, captask: version, official,
  medians, runs,
}, null, 2)}\n`);

const row = (what, name, digits) =>
  `| ${what} | ${medians.captask[name].toFixed(digits)} | ${medians.official[name].toFixed(digits)} |`;
const table = [
  `| ${COUNT.toLocaleString('en')} solves at once (${machine}) | captask ${version} | official client ${official} |`,
  '| --- | ---: | ---: |',
  row('solved', 'solved', 0),
  row('seconds (the first question is asked after one second)', 'seconds', 2),
  row('CPU seconds', 'cpuSeconds', 2),
  row('peak memory, MiB', 'memoryMiB', 0),
  row('threads, at most', 'threads', 0),
  row('longest pause of the event loop, ms', 'pauseMs', 0),
];
const page = readFileSync(readme, 'utf8');
const marked = /(<!-- bench -->\n)[^]*?(<!-- \/bench -->)/;
if (!marked.test(page)) throw new Error(`${readme} has no place for the table`);
writeFileSync(readme, page.replace(marked, (_, begin, end) => `${begin}${table.join('\n')}\n${end}`));
console.log(table.join('\n'));
