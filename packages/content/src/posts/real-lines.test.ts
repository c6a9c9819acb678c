import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  composePost,
  conversationUri,
  decodeContent,
  encodeContent,
  escapeMarkdown,
  parseMarkdown,
  plainText,
  readContent,
  withoutControls,
} from '../index.ts';

const folder = join(import.meta.dirname, '../../../../../shared/data/irc');
const absent = existsSync(folder) ? false : 'the real lines are not there';
const channel = conversationUri('cd'.repeat(16));
const linesPerFile = 2_000;

function realLines(): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return files.flatMap((name) => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    return lines.filter((line) => line !== '').slice(0, linesPerFile);
  });
}

test('CNT-13: real chat lines arrive as they were typed, and can be shown', (t) => {
  if (absent) return t.skip(absent);
  const lines = realLines();
  assert.ok(lines.length > linesPerFile);
  const envelope = { salt: new Uint8Array(16), senderUri: channel, roomUri: channel };
  for (const text of lines) {
    const view = readContent(decodeContent(encodeContent(composePost({ ...envelope, text }))));
    assert.ok(view.kind === 'post');
    assert.equal(view.text, text);
    assert.equal(plainText(escapeMarkdown(text)), withoutControls(text));
    assert.equal(parseMarkdown(text).source, text);
  }
});
