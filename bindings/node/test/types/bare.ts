// Compiles without DOM and without the types of Node.js.
import { Client } from 'captask';

export async function solve(client: Client): Promise<string> {
  try {
    return (await client.solve({ type: 'ImageToTextTask', body: new Uint8Array(3) }, { timeoutMs: 1000 })).solution.text;
  } finally {
    await client[Symbol.asyncDispose]();
  }
}
