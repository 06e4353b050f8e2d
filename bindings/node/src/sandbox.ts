import type { Reply } from './answer';
import { Client } from './client';
import type { Config, SandboxConfig } from './config';
import { CaptaskError, checked } from './error';
import { encode } from './json';
import { addon } from './native';
import { close } from './port';

/**
 * A stand-in of the service in this process, on a loopback port of its own. Its solutions are plainly artificial.
 *
 *     await using sandbox = new Sandbox({ solveMs: 50 });
 *     await using client = sandbox.client();
 */
export class Sandbox {
  readonly #handle: number;
  #closing: Promise<void> | undefined;
  /** Its address: the `endpoint` of any number of clients, of other processes too. */
  readonly url: string;

  /** Throws a CaptaskError when the configuration is wrong. */
  constructor(config: SandboxConfig = {}) {
    const opened = addon.sandboxOpen(encode(config));
    if (typeof opened === 'string') throw new CaptaskError(opened);
    this.#handle = opened;
    this.url = String(this.inspect()['url']);
  }

  /** A client of this sandbox, with a made-up key unless one is given. */
  client(config: Config = {}): Client {
    return new Client({
      endpoint: this.url,
      userAgentEndpoint: `${this.url}/api/useragent/actual`,
      clientKey: 'sandbox',
      ...config,
    });
  }

  /** What it has seen: `requests` by method, `tasks` by status, `balance`. */
  inspect(): Reply<{}> {
    return checked(addon.inspect(this.#handle));
  }

  /** Closes it. Closing twice is fine. */
  close(): Promise<void> {
    return (this.#closing ??= close(this.#handle));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
