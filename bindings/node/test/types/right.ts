// What has to compile, with the types that come out.
import { Answer, CaptaskError, Client, rawTask, Sandbox, check, onLog } from 'captask';
import type {
  AnyTask, ImageToTextTask, Outcome, RecaptchaV2Solution, SolutionOf, TaskId, TurnstileCfClearanceSolution,
} from 'captask';

/** Holds when both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_: Same<A, B>): void {}

export async function solve(client: Client, picture: Uint8Array): Promise<void> {
  const controller = new AbortController();
  const image = await client.solve({ type: 'ImageToTextTask', body: picture }, { signal: controller.signal });
  await client.solve({ type: 'ImageToTextTask', body: picture }, { signal: null });
  same<typeof image.solution.text, string>(true);
  same<typeof image.taskId, TaskId>(true);
  same<typeof image.extra, unknown>(true);
  const { solution } = await client.solve({ type: 'RecaptchaV2Task', websiteURL: 'u', websiteKey: 'k' });
  same<typeof solution, RecaptchaV2Solution>(true);
  same<typeof solution.gRecaptchaResponse, string>(true);

  // Kinds of one type: by a member, by a class.
  const turnstile = await client.solve({ type: 'TurnstileTask', websiteURL: 'u', websiteKey: 'k' });
  same<typeof turnstile.solution.token, string>(true);
  const clearance = await client.solve({
    type: 'TurnstileTask', websiteURL: 'u', websiteKey: 'k', cloudflareTaskType: 'cf_clearance', htmlPageBase64: picture,
    userAgent: 'a', proxyType: 'http', proxyAddress: '203.0.113.7', proxyPort: 1, proxyLogin: 'l', proxyPassword: 'p',
  });
  same<typeof clearance.solution, TurnstileCfClearanceSolution>(true);
  const geetest = await client.solve({ type: 'GeeTestTask', websiteURL: 'u', gt: 'g', version: 4 });
  same<typeof geetest.solution.captcha_id, string>(true);
  const tiles = await client.solve({
    type: 'ComplexImageTask', class: 'recaptcha', imagesBase64: [picture], metadata: { Task: 'Click', Grid: '3x3' },
  });
  same<typeof tiles.solution.answer, boolean[]>(true);
  const altcha = await client.solve({
    type: 'CustomTask', class: 'altcha', websiteURL: 'u', websiteKey: 'k',
    metadata: { challenge: 'c', iterations: '5000', salt: 's', signature: 'g' },
  });
  same<typeof altcha.solution.data.token, string>(true);

  // Tasks that are known at run time only.
  const typed: ImageToTextTask = { type: 'ImageToTextTask', body: 'aGk=' };
  same<Awaited<ReturnType<typeof first>>, string>(true);
  async function first(): Promise<string> {
    return (await client.solve(typed)).solution.text;
  }
  const any: AnyTask = typed as AnyTask;
  const found: Answer<SolutionOf<AnyTask['type']>> = await client.solve(any);
  if ('text' in found.solution) found.solution.text;
  const unknown = await client.solve(rawTask({ type: 'OfTomorrow', anything: 1 }));
  same<(typeof unknown.solution)[string], unknown>(true);

  const adopted = await client.adopt<'ImageToTextTask'>(12n, { pollsUsed: 3 });
  same<typeof adopted.solution.text, string>(true);
  await client.adopt('61138bb6-19fb-11ec-a9c8-0242ac110006');
}

export async function many(client: Client, pictures: Uint8Array[]): Promise<void> {
  const tasks = pictures.map((body): ImageToTextTask => ({ type: 'ImageToTextTask', body }));
  for await (const outcome of client.imap(tasks, { concurrency: 10 })) {
    if (outcome.status === 'fulfilled') same<typeof outcome.value.solution.text, string>(true);
    else outcome.reason as CaptaskError;
    same<typeof outcome.index, number>(true);
  }
  const outcomes = await client.solveMany([{ type: 'ImageToTextTask', body: 'x' }]);
  const [one] = outcomes;
  if (one?.status === 'fulfilled') same<typeof one.value.solution.text, string>(true);
  const mixed: Outcome[] = await client.solveMany([
    { type: 'ImageToTextTask', body: 'x' }, { type: 'TurnstileTask', websiteURL: 'u', websiteKey: 'k' },
    rawTask({ type: 'OfTomorrow' }),
  ]);
  mixed.length;
}

export async function rest(): Promise<number> {
  await using sandbox = new Sandbox({ solveMs: { min: 1, max: 2 }, faults: [{ kind: 'stall', method: 'getBalance' }] });
  await using client = sandbox.client({ poll: { firstMs: 5 }, guard: { tasksPerMinute: 60 } });
  check({ type: 'ImageToTextTask', body: 'x', capMonsterModule: 'a private one' });
  const end: () => void = onLog((level, line) => console.log(level.length, line), 'debug');
  end();
  const { taskId } = await client.createTask({ type: 'ImageToTextTask', body: 'x' });
  const result = await client.getTaskResult(taskId);
  same<typeof result.status, string>(true);
  await client.reportIncorrect(taskId, 'ImageToTextTask');
  try {
    await client.getUserAgent();
  } catch (error) {
    if (error instanceof CaptaskError && error.retryable) error.retryAfterMs?.toFixed();
  }
  const { balance, raw } = await client.getBalance();
  return balance + raw.length;
}
