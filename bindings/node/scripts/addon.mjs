// Builds the addon from native/*.c with the C compiler (CC, else cc), and no download: node-api-headers has the headers.
// Usage: node addon.mjs FOLDER
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const flags = {
  linux: ['-shared', '-fPIC', '-pthread', '-ldl'],
  darwin: ['-bundle', '-undefined', 'dynamic_lookup'],
};

/** Compiles into `folder`. Throws when there is no compiler, or it fails. */
export function buildAddon(folder) {
  const more = flags[process.platform] ?? (process.platform === 'win32' ? undefined : flags.linux);
  if (more === undefined) throw new Error('on Windows the addon is not built by this script');
  const native = fileURLToPath(new URL('../native', import.meta.url));
  const sources = readdirSync(native).filter((name) => name.endsWith('.c')).map((name) => join(native, name));
  const { include_dir: headers } = createRequire(import.meta.url)('node-api-headers');
  mkdirSync(folder, { recursive: true });
  execFileSync(
    process.env.CC || 'cc',
    ['-std=c11', '-O2', '-Wall', '-Wextra', '-fvisibility=hidden', '-DNAPI_VERSION=8', `-I${headers}`,
      ...(process.env.CFLAGS ?? '').split(' ').filter(Boolean), ...sources, ...more,
      '-o', join(folder, 'captask.node')],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
}
