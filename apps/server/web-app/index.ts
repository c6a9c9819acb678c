import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRoute } from '../gateway/http-server.ts';
import { isKnown, targetOf } from '../gateway/index.ts';
import { type AppFile, readAppFiles } from './app-files.ts';
import { appHeaders } from './app-headers.ts';

const FOREVER = 'public, max-age=31536000, immutable';
/** Kept, and asked about each time. */
const REVALIDATED = 'no-cache';

export type WebAppOptions = {
  readonly directory: string | undefined;
  /** What people dial, known once the server listens. */
  readonly origins: () => readonly string[];
  /** Answers what is no file of the app, and everything where none is built. */
  readonly otherwise: HttpRoute;
};

/** The built web app under `/`. Throws `unavailable` when the directory is something else. */
export function createWebApp({ directory, origins, otherwise }: WebAppOptions): HttpRoute {
  const files = directory === undefined ? undefined : readAppFiles(directory);
  if (!files) return otherwise;
  return {
    prefix: '/',
    handle(request, response, client) {
      const file = files.get(targetOf(request).path);
      if (!file) return otherwise.handle(request, response, client);
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { allow: 'GET, HEAD' }).end();
        return;
      }
      return serve({ request, response, file }, appHeaders(origins()));
    },
  };
}

/** Why a directory cannot be served as the built app, as a whole sentence; undefined when it can. */
export function appProblem(
  directory: string | undefined,
  { mustBeBuilt }: { readonly mustBeBuilt: boolean },
): string | undefined {
  if (directory === undefined) return undefined;
  try {
    if (readAppFiles(directory) || !mustBeBuilt) return undefined;
    return `${directory} is not a built web app: it has no index.html.`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The web app cannot be served: ${reason}.`;
  }
}

type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly file: AppFile;
};

async function serve(
  { request, response, file }: Exchange,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { type, etag, immutable, codings } = file;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('cache-control', immutable ? FOREVER : REVALIDATED);
  response.setHeader('etag', etag);
  if (codings.vary) response.setHeader('vary', 'accept-encoding');
  if (isKnown(request.headers['if-none-match'], etag)) {
    response.writeHead(304).end();
    return;
  }
  const { bytes, coding } = await codings.bodyFor(request.headers['accept-encoding']?.toString());
  if (coding !== undefined) response.setHeader('content-encoding', coding);
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.byteLength });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}
