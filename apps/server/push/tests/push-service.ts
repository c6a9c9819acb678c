import {
  createDecipheriv,
  createECDH,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

const fixture = (name: string) => new URL(`fixtures/push-service-${name}.pem`, import.meta.url);

/** The authority that vouches for it, as a file and as text. */
export const trustedFile = fixture('cert');
export const trusted = readFileSync(trustedFile, 'utf8');

export type Received = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

export type Answer = { readonly status: number; readonly headers?: Record<string, string> };

/** A push service on loopback, over https. It answers 201 until told otherwise; undefined: never. */
export class PushService {
  readonly received: Received[] = [];
  answer: (received: Received) => Answer | undefined = () => ({ status: 201 });
  origin = '';

  static async start(t: TestContext): Promise<PushService> {
    const service = new PushService();
    const server = createServer({ cert: trusted, key: readFileSync(fixture('key')) });
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method = '', url: path = '', headers } = request;
      const received = { method, path, headers, body: Buffer.concat(chunks) };
      service.received.push(received);
      const answer = service.answer(received);
      if (answer) response.writeHead(answer.status, answer.headers).end('said at length');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    service.origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return service;
  }

  /** How many pushes came for a browser. */
  count({ path }: Browser): number {
    return this.received.filter((one) => one.path === path).length;
  }
}

/** A browser's side of a subscription: the keys that open what is sent to it. */
export class Browser {
  readonly path = `/push/${randomBytes(16).toString('hex')}`;
  readonly endpoint: string;
  readonly auth = Uint8Array.from(randomBytes(16));
  readonly #keys: ECDH = createECDH('prime256v1');

  constructor(service: Pick<PushService, 'origin'>) {
    this.endpoint = service.origin + this.path;
    this.#keys.generateKeys();
  }

  get subscription() {
    return { endpoint: this.endpoint, p256dh: this.p256dh, auth: this.auth };
  }

  get p256dh(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#keys.getPublicKey());
  }

  /** RFC 8188 and 8291 by the letter. Throws when it is for somebody else or was changed. */
  open(body: Buffer): Buffer {
    const salt = body.subarray(0, 16);
    const keyLength = body.readUInt8(20);
    const theirs = body.subarray(21, 21 + keyLength);
    const sealed = body.subarray(21 + keyLength);
    const shared = this.#keys.computeSecret(theirs);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.p256dh, theirs]);
    const secret = derived(shared, this.auth, { info, length: 32 });
    const key = derived(secret, salt, { info: 'Content-Encoding: aes128gcm\0', length: 16 });
    const nonce = derived(secret, salt, { info: 'Content-Encoding: nonce\0', length: 12 });
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(sealed.subarray(-16));
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    return padded.subarray(0, padded.lastIndexOf(2));
  }
}

function derived(
  secret: Uint8Array,
  salt: Uint8Array,
  { info, length }: { readonly info: string | Buffer; readonly length: number },
): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length));
}

/** The claims of a push's VAPID token, once its signature by this server key holds (RFC 8292). */
export function vapidClaims({ authorization = '' }: IncomingHttpHeaders, publicKey: Uint8Array) {
  const [, token = '', key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? [];
  if (key !== Buffer.from(publicKey).toString('base64url')) throw new Error('another key');
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(publicKey);
  const jwk = { kty: 'EC', crv: 'P-256', x: part(point, 1), y: part(point, 33) };
  const holds = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: jwk, format: 'jwk', dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!holds) throw new Error('the signature is not valid');
  const parsed: Readonly<Record<string, unknown>> = JSON.parse(
    Buffer.from(claims, 'base64url').toString(),
  );
  return parsed;
}

const part = (point: Buffer, at: number) => point.subarray(at, at + 32).toString('base64url');
