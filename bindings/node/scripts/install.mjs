// Run by npm install: builds the addon where the package has none that this Node.js can load.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const own = fileURLToPath(new URL(`../prebuilds/${process.platform}-${process.arch}/captask.node`, import.meta.url));
let reason;
try {
  require(own);
} catch (error) {
  reason = error.message.split('\n')[0];
}
if (reason !== undefined) {
  try {
    const { buildAddon } = await import('./addon.mjs');
    buildAddon(fileURLToPath(new URL('../build', import.meta.url)));
  } catch (error) {
    console.error(`captask: the addon for ${process.platform}-${process.arch} cannot be loaded (${reason}) ` +
      `nor built (${error.message.split('\n')[0]}). Install a C compiler, or name one in CC, and "npm rebuild captask".`);
    process.exitCode = 1;
  }
}
