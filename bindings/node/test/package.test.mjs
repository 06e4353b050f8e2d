import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as imported from 'captask';
import { runNode } from './support.mjs';

const require = createRequire(import.meta.url);
const here = fileURLToPath(new URL('.', import.meta.url));
const root = dirname(require.resolve('captask/package.json'));
const platform = `${process.platform}-${process.arch}`;

test('import and require give the same', () => {
  const required = require('captask');
  for (const [name, value] of Object.entries(required)) assert.equal(imported[name], value, name);
  const names = ['AbortError', 'Answer', 'CaptaskError', 'Client', 'Sandbox', 'check', 'describe', 'logTo', 'onLog',
    'rawTask', 'version'];
  assert.deepEqual(Object.keys(required).sort(), names);
});

test('the package has what it needs, and nothing else', () => {
  const { version } = require('captask/package.json');
  assert.equal(version, imported.version(), 'the library has the version of the package');
  assert.deepEqual(readdirSync(root).filter((name) => name !== 'node_modules' && name !== 'build').sort(),
    ['LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'dist', 'native', 'package.json', 'prebuilds', 'scripts']);
  assert.ok(readdirSync(join(root, 'prebuilds', platform)).includes('captask.node'));
});

test('no module of the package imports itself by way of others', () => {
  const dist = join(root, 'dist');
  const imports = new Map(readdirSync(dist).filter((name) => name.endsWith('.js')).map((name) => {
    const text = readFileSync(join(dist, name), 'utf8') + readFileSync(join(dist, name.replace(/js$/, 'd.ts')), 'utf8');
    const found = text.matchAll(/(?:require\(|from |import\()["'](\.\/[^"']+)["']/g);
    return [name, [...found].map(([, path]) => `${path.slice(2)}.js`)];
  }));
  assert.ok([...imports.values()].flat().length > 20);
  const visit = (name, path) => {
    assert.ok(!path.includes(name), `a circle: ${[...path, name].join(' -> ')}`);
    for (const next of imports.get(name)) visit(next, [...path, name]);
  };
  for (const name of imports.keys()) visit(name, []);
});

test('the program of README runs', async (t) => {
  const [, program] = /```js\n\/\/ example\.mjs\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'));
  assert.ok(program.trim().split('\n').length < 15, 'it is short');
  const path = join(here, 'example.mjs');
  writeFileSync(path, program);
  t.after(() => rmSync(path));
  const { code, stdout, stderr } = await runNode([path]);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  assert.match(stdout, /^sandbox-token \d+\n$/);
});

test('where the package has no addon for the platform, the install script builds it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'captask-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const copy = join(folder, 'node_modules', 'captask');
  cpSync(root, copy, { recursive: true, dereference: true });
  cpSync(dirname(require.resolve('node-api-headers/package.json')), join(folder, 'node_modules', 'node-api-headers'),
    { recursive: true });
  rmSync(join(copy, 'prebuilds', platform, 'captask.node'));
  const without = await runNode(['-e', "require('captask')"], {}, { cwd: folder });
  assert.match(without.stderr, /the addon for .* is not in .*npm rebuild captask/);
  const noCompiler = await runNode([join(copy, 'scripts', 'install.mjs')], { CC: 'no-such-compiler' });
  assert.equal(noCompiler.code, 1);
  assert.match(noCompiler.stderr, /Install a C compiler, or name one in CC/);
  execFileSync(process.execPath, [join(copy, 'scripts', 'install.mjs')], { env: { ...process.env, CFLAGS: '-Werror' } });
  assert.ok(existsSync(join(copy, 'build', 'captask.node')));
  const program = "console.log(new (require('captask').Client)({ endpoint: 'sandbox:' }).inspect().kind)";
  const { stdout, stderr } = await runNode(['-e', program], {}, { cwd: folder });
  assert.deepEqual({ stdout, stderr }, { stdout: 'client\n', stderr: '' });
});
