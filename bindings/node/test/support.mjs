// What several tests need.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Sandbox } from 'captask';

export const task = { type: 'TurnstileTask', websiteURL: 'https://example.com', websiteKey: 'KEY' };

/** Polls that do not keep a test waiting. */
export const quick = { poll: { firstMs: 5, intervalMs: 5, timeoutMs: 20000 } };

/** A sandbox and a client of it, closed when the test ends. */
export function pair(t, sandboxConfig = {}, config = quick) {
  const sandbox = new Sandbox({ solveMs: 0, ...sandboxConfig });
  const client = sandbox.client(config);
  t.after(async () => {
    await client.close();
    await sandbox.close();
  });
  return { sandbox, client };
}

/** Waits until a condition holds, looking again on each turn of the event loop. */
export async function until(condition) {
  const end = performance.now() + 20000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not within 20 s: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Runs a program beside this file; its exit code, signal and output. It is ended after 60 seconds. */
export async function runProgram(name, args = [], env = {}) {
  const path = fileURLToPath(new URL(`programs/${name}`, import.meta.url));
  return runNode([path, ...args], env);
}

export async function runNode(args, env = {}, options = {}) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, timeout: 60000, ...options });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const [code, signal] = await once(child, 'close');
  return { code, signal, stdout, stderr };
}
