import { test } from 'node:test';
import { load, run } from './vectors.mjs';

for (const vector of load(process.env.CAPTASK_VECTORS)) {
  test(`vector ${vector.name}: ${vector.shows}`, () => run(vector));
}
