/** Microseconds per operation on a post of 300 bytes of text: `node packages/content/bench/speed.ts`. */
import {
  accountUri,
  composePost,
  conversationUri,
  decodeContent,
  encodeContent,
  messageIdOf,
  parseMarkdown,
  plainText,
  readContent,
} from '../src/index.ts';

const words =
  '<someone> the **mirror** is on the hill, see https://hill.example/dawn @watcher_1 #dawn ';
const text = words.repeat(4).slice(0, 300);
const content = composePost({
  text,
  salt: new Uint8Array(16).fill(1),
  senderUri: accountUri('ab'.repeat(32)),
  roomUri: conversationUri('cd'.repeat(16)),
});
const bytes = encodeContent(content);

const operations: Record<string, () => unknown> = {
  encodeContent: () => encodeContent(content),
  decodeContent: () => decodeContent(bytes),
  readContent: () => readContent(content),
  messageIdOf: () => messageIdOf(content, bytes),
  parseMarkdown: () => parseMarkdown(text),
  plainText: () => plainText(text),
};

const rounds = 9;
const perRound = 5_000;

function medianMicroseconds(operation: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < perRound; i++) operation();
    return Number(process.hrtime.bigint() - start) / 1e3 / perRound;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

const results = Object.entries(operations).map(([name, operation]) => {
  return [name, Number(medianMicroseconds(operation).toFixed(2))];
});
process.stdout.write(
  `${JSON.stringify({ node: process.version, contentBytes: bytes.length, us: Object.fromEntries(results) })}\n`,
);
