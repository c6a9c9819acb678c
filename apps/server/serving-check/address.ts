import { createServer } from 'node:net';
import { listenSentence } from '../gateway/index.ts';

/** Why the server could not listen there; undefined when it could. Listens for a moment. */
export function addressProblem(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(capital(listenSentence(error, host, port))));
    server.listen({ host, port }, () => server.close(() => resolve(undefined)));
  });
}

const capital = (sentence: string): string => `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`;
