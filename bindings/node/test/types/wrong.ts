// What must not compile: each line below a @ts-expect-error is an error of the right kind, or the compiler complains.
import { Client, Sandbox, check, onLog } from 'captask';

export async function wrong(client: Client): Promise<void> {
  // @ts-expect-error: a misspelt member
  await client.solve({ type: 'ImageToTextTask', body: 'x', capMonsterModul: 'universal' });
  // @ts-expect-error: a member is missing
  await client.solve({ type: 'ImageToTextTask' });
  // @ts-expect-error: a member of another type
  await client.solve({ type: 'ImageToTextTask', body: 12 });
  // @ts-expect-error: a misspelt type
  await client.solve({ type: 'ImageToText', body: 'x' });
  // @ts-expect-error: a member of another task
  await client.solve({ type: 'ImageToTextTask', body: 'x', websiteKey: 'k' });
  // @ts-expect-error: a class where there is none
  await client.solve({ type: 'ImageToTextTask', body: 'x', class: 'recaptcha' });
  // @ts-expect-error: a class that there is not
  await client.solve({ type: 'CustomTask', class: 'nonsense', websiteURL: 'u' });
  // @ts-expect-error: a kind that needs more
  await client.solve({ type: 'TurnstileTask', websiteURL: 'u', websiteKey: 'k', cloudflareTaskType: 'cf_clearance' });
  await client.solve({
    type: 'ComplexImageTask', class: 'recaptcha', imagesBase64: ['x'],
    // @ts-expect-error: a misspelt member of an inner object
    metadata: { Task: 'Click', Grids: '3x3' },
  });
  await client.solve({
    // @ts-expect-error: a value that is none of the few
    type: 'RecaptchaV2Task', websiteURL: 'u', websiteKey: 'k', proxyType: 'ftp',
  });
  // @ts-expect-error: a misspelt option
  await client.solve({ type: 'ImageToTextTask', body: 'x' }, { timeOutMs: 1 });
  // @ts-expect-error: no signal
  await client.solve({ type: 'ImageToTextTask', body: 'x' }, { signal: new Date() });
  // @ts-expect-error: the controller in the place of its signal
  await client.solve({ type: 'ImageToTextTask', body: 'x' }, { signal: new AbortController() });
  // @ts-expect-error: the signal in the place of the options
  await client.solve({ type: 'ImageToTextTask', body: 'x' }, AbortSignal.timeout(100));
  // @ts-expect-error: no promise
  await client.solve({ type: 'ImageToTextTask', body: Promise.resolve('x') });

  const { solution } = await client.solve({ type: 'ImageToTextTask', body: 'x' });
  // @ts-expect-error: a misspelt member of the solution
  solution.txt;
  // @ts-expect-error: text is a string
  const number: number = solution.text;
  const turnstile = await client.solve({ type: 'TurnstileTask', websiteURL: 'u', websiteKey: 'k' });
  // @ts-expect-error: the solution of another kind
  turnstile.solution.cf_clearance;

  // @ts-expect-error: a misspelt member in a list
  client.imap([{ type: 'ImageToTextTask', body: 'x', numerics: 1 }]);
  // @ts-expect-error: a misspelt member in a list
  await client.solveMany([{ type: 'ImageToTextTask', body: 'x', numerics: 1 }]);
  // @ts-expect-error: a misspelt member of createTask's task
  await client.createTask({ type: 'ImageToTextTask', body: 'x', numerics: 1 });
  // @ts-expect-error: a misspelt member of check's task
  check({ type: 'ImageToTextTask', body: 'x', numerics: 1 });
  // @ts-expect-error: no id
  await client.adopt({ taskId: 1 });
  // @ts-expect-error: a misspelt key of the configuration
  new Client({ clientkey: 'x' });
  // @ts-expect-error: a misspelt key of an inner object of the configuration
  new Client({ poll: { first: 1 } });
  // @ts-expect-error: a fault that there is not
  new Sandbox({ faults: [{ kind: 'nonsense' }] });
  // @ts-expect-error: a level that there is not
  onLog(() => {}, 'loud');
  // @ts-expect-error: no function
  onLog('debug');
  number.toFixed();
}
