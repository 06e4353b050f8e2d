// Solves tasks all at once, and prints what it took. Usage: node load.cjs captask|official URL COUNT
'use strict';
const { readFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');

const [client, url, count] = process.argv.slice(2);
const members = { websiteURL: 'https://example.com', websiteKey: 'made-up-site-key' };

// Both ask for the first time one second after the task was created, and then each second.
const clients = {
  captask() {
    const { Client } = require('captask');
    const one = new Client({ endpoint: url, clientKey: 'KEY', poll: { firstMs: 1000, intervalMs: 1000 } });
    const task = { type: 'TurnstileTask', ...members };
    return { solve: () => one.solve(task), close: () => one.close() };
  },
  official() {
    const official = require('@zennolab_com/capmonstercloud-client');
    const options = new official.ClientOptions({ clientKey: '0123456789abcdef0123456789abcdef', serviceUrl: url });
    const one = official.CapMonsterCloudClientFactory.Create(options);
    const times = { firstRequestDelay: 1000, firstRequestNoCacheDelay: 1000, requestsInterval: 1000, timeout: 120000 };
    return {
      async solve() {
        const { solution, error } = await one.Solve(new official.TurnstileRequest(members), times);
        if (error) throw new Error(error);
        return { solution };
      },
      close() {},
    };
  },
};

async function main() {
  const { solve, close } = clients[client]();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  delay.enable();
  const start = performance.now();
  const outcomes = await Promise.allSettled(Array.from({ length: Number(count) }, solve));
  const seconds = (performance.now() - start) / 1000;
  await new Promise((resolve) => setTimeout(resolve, 10));
  delay.disable();
  const solved = outcomes.filter((one) => one.value?.solution?.token).length;
  const failed = outcomes.find((one) => one.reason)?.reason;
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({
    solved, seconds, pauseMs: delay.max / 1e6, memoryMiB: Number(peak[1]) / 1024, cpuSeconds: (user + system) / 1e6,
    ...(failed ? { failed: String(failed) } : {}),
  }));
  await close();
}

main();
