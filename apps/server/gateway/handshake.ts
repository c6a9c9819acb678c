import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** RFC 6455 §1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const VERSION = '13';
/** 16 bytes in base64. */
const KEY = /^[+/0-9A-Za-z]{22}==$/;

/** Answers an upgrade request (RFC 6455 §4.2). False when it was refused: the socket ends. */
export function answerHandshake(request: IncomingMessage, socket: Duplex): boolean {
  const { headers, method } = request;
  const key = headers['sec-websocket-key'] ?? '';
  if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket' || !KEY.test(key)) {
    return refuse(socket, '400 Bad Request', []);
  }
  if (headers['sec-websocket-version'] !== VERSION) {
    return refuse(socket, '426 Upgrade Required', [`Sec-WebSocket-Version: ${VERSION}`]);
  }
  const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return true;
}

function refuse(socket: Duplex, status: string, headers: readonly string[]): false {
  socket.once('finish', () => socket.destroy());
  const lines = [`HTTP/1.1 ${status}`, 'Connection: close', ...headers];
  socket.end(`${lines.join('\r\n')}\r\n\r\n`);
  return false;
}
