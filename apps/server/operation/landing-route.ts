import { createHash } from 'node:crypto';
import type { ServerConfig } from '../config/config.ts';
import type { HttpRoute } from '../gateway/http-server.ts';
import { targetOf } from '../gateway/index.ts';
import { landingPage, landingStyle, mark } from './landing-page.ts';
import { sendPage } from './page.ts';

const styleHash = createHash('sha256').update(landingStyle).digest('base64');

/** Nothing runs on this page; its one style is known by its hash. */
const CONTENT_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page at / says what this server is and how to use it; everything else under / is not there. */
export function landingRoute(facts: {
  readonly config: Pick<ServerConfig, 'name' | 'registration'>;
  /** The origin to dial, known once the server listens. */
  readonly origin: () => string;
}): HttpRoute {
  return {
    prefix: '/',
    handle(request, response) {
      const { path } = targetOf(request);
      const exchange = { request, response };
      if (path === '/') {
        const { name, registration } = facts.config;
        const body = landingPage({ name, policy: registration.policy, origin: facts.origin() });
        const headers = { 'content-security-policy': CONTENT_POLICY };
        sendPage(exchange, { type: 'text/html; charset=utf-8', body, headers });
      } else if (path === '/mark.svg') sendPage(exchange, { type: 'image/svg+xml', body: mark });
      else response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
    },
  };
}
