import type { IncomingMessage } from 'node:http';
import { HeliogramError } from '@heliogram/protocol';
import type { HttpClient, HttpRoute } from '../gateway/http-server.ts';
import { Turnstile } from '../turnstile.ts';
import { type Address, readAddress } from './addresses.ts';
import { Answers, type Visit } from './answers.ts';
import { preferredLanguage } from './language/language.ts';
import { pageLimits } from './limits.ts';
import { waitPage } from './markup/refusal.ts';
import type { PagesOptions } from './options.ts';
import { type Answer, TYPES } from './serving/answer.ts';
import { type Exchange, Sender } from './serving/send.ts';

/** Answers whatever stands under the prefixes of this room. */
export function createPages(options: PagesOptions): HttpRoute['handle'] {
  const sender = new Sender(options.runtime);
  const pages = { options, answers: new Answers(options) };
  // What a page is made of is held until it is sent: a few at once bound the memory of all.
  const turns = new Turnstile({
    atOnce: pageLimits.pagesAtOnce,
    maxWaiting: pageLimits.maxPagesWaiting,
  });
  return async (request, response, client) => {
    const exchange = { request, response };
    if (request.method !== 'GET' && request.method !== 'HEAD') refuseMethod(exchange);
    else {
      await turns.run(async () => sender.send(exchange, await answer(pages, request, client)));
    }
  };
}

type Pages = { readonly options: PagesOptions; readonly answers: Answers };

async function answer(
  { answers, options }: Pages,
  request: IncomingMessage,
  { address: client }: HttpClient,
): Promise<Answer> {
  const visit = visitOf(request);
  try {
    const address = readAddress(request.url ?? '/');
    options.takeReads(client, costOf(address));
    return await answers.of(address, visit);
  } catch (error) {
    if (!(error instanceof HeliogramError) || error.retryAfterMs === undefined) throw error;
    const seconds = Math.max(1, Math.ceil(error.retryAfterMs / 1_000));
    return {
      status: error.code === 'rate_limited' ? 429 : 503,
      type: TYPES.html,
      body: waitPage(answers.siteFor(visit), seconds).text,
      keep: 'never',
      indexed: false,
      headers: { 'retry-after': String(seconds) },
    };
  }
}

function visitOf({ headers }: IncomingMessage): Visit {
  return { host: headers.host, language: preferredLanguage(headers['accept-language']) };
}

function costOf({ kind }: Address): number {
  return kind === 'sitemap' || kind === 'post-sitemap' || kind === 'channel-sitemap'
    ? pageLimits.sitemapCost
    : 1;
}

/** Whatever body comes with it is not waited for. */
function refuseMethod({ response }: Exchange): void {
  response.writeHead(405, { allow: 'GET, HEAD', 'cache-control': 'no-store', connection: 'close' });
  response.end();
}
