import { WebSocketServer } from 'ws';
import { answerParent } from '../harness/child.ts';

/** What a first implementation does: the library's send, once for every socket and post. */
const server = new WebSocketServer({
  port: 0,
  host: '127.0.0.1',
  perMessageDeflate: false,
  path: '/connect',
});
const greeting = new Uint8Array([0]);

server.on('connection', (socket) => {
  // Two frames answer the two that every subscriber of the bench sends first.
  socket.on('message', () => socket.send(greeting));
});

answerParent(async (question) => {
  if (question.ask === 'listen') {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return { port: address.port };
  }
  if (question.ask === 'post') {
    const payload = new Uint8Array(Number(question['size']));
    for (let post = 0; post < Number(question['posts']); post += 1) {
      for (const client of server.clients) client.send(payload);
    }
  }
  const { user, system } = process.cpuUsage();
  return { cpuUs: user + system };
});
