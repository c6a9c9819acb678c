import { ValidationError } from '@heliogram/protocol';

/** Path of the WebSocket on a server's origin. */
const socketPath = '/connect';

const ORIGIN =
  /^(https?):\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?\/?$/;

/**
 * The origin that people type, in the one form that is signed: lower case, no path, no default port.
 * Without a scheme it is https. Throws `invalid_argument`.
 */
export function parseOrigin(text: string): string {
  const typed = text.trim().toLowerCase();
  const [, scheme, host, port] =
    ORIGIN.exec(typed.includes('://') ? typed : `https://${typed}`) ?? [];
  if (scheme === undefined || host === undefined) {
    throw new ValidationError(
      'invalid_argument',
      'the server address must look like https://example.org or http://127.0.0.1:8080',
    );
  }
  const standard = scheme === 'https' ? '443' : '80';
  return port === undefined || port === standard
    ? `${scheme}://${host}`
    : `${scheme}://${host}:${port}`;
}

export function socketUrl(origin: string): string {
  return `${origin.replace(/^http/, 'ws')}${socketPath}`;
}
