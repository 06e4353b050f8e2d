// Builds what the package ships for this platform: the addon, and the library that CAPTASK_LIBRARY names beside it.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAddon } from './addon.mjs';

const names = { win32: 'captask.dll', darwin: 'libcaptask.dylib' };
const folder = join(
  fileURLToPath(new URL('../prebuilds', import.meta.url)), `${process.platform}-${process.arch}`);
buildAddon(folder);
const library = process.env.CAPTASK_LIBRARY;
if (library) {
  copyFileSync(library, join(folder, names[process.platform] ?? 'libcaptask.so'));
} else {
  console.log('captask: CAPTASK_LIBRARY names no library, so the package has none and takes the system\'s');
}
