import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import type { ServerConfig } from '../config/config.ts';
import type { HttpRoute } from '../gateway/http-server.ts';
import { sendPage } from './page.ts';
import type { PrometheusTelemetry } from './prometheus-telemetry.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** /metrics for whom the configuration allows; to everybody else it is not there. */
export function metricsRoute(parts: {
  readonly exposure: ServerConfig['metrics'];
  readonly page: PrometheusTelemetry['page'];
}): HttpRoute {
  return {
    prefix: '/metrics',
    async handle(request, response, { address }) {
      const { exposure } = parts;
      if (exposure === 'off' || (exposure === 'local' && !isLocal(request, address))) {
        response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
        return;
      }
      const { text, contentType } = await parts.page();
      sendPage({ request, response }, { type: contentType, body: text });
    },
  };
}

/**
 * A program on this machine that dialled this machine. A proxy on it forwards strangers, and a page in
 * a browser on it may have had its name pointed here: both show in the headers.
 */
function isLocal({ headers }: IncomingMessage, address: string): boolean {
  if (!isLoopback(address) || 'x-forwarded-for' in headers || 'forwarded' in headers) return false;
  const { hostname = '' } = URL.parse(`http://${headers.host ?? ''}`) ?? {};
  return hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''));
}

const isLoopback = (address: string): boolean =>
  loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
