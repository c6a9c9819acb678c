import assert from 'node:assert/strict';
import { test } from 'node:test';
import { previewBlocks } from './composer-preview.ts';
import { countEmojiOnly, linkToPost } from './log-post-text.ts';

test('posts of one to five emoji and nothing else are large', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['🔥', 1],
    ['👨‍👩‍👧 🇯🇴', 2],
    ['❤️❤️❤️❤️❤️', 5],
    ['🔥🔥🔥🔥🔥🔥', 0],
    ['🔥!', 0],
    ['7', 0],
    ['**🔥**', 0],
    ['', 0],
    ['> 🔥', 0],
  ];
  for (const [text, count] of cases) assert.equal(countEmojiOnly(previewBlocks(text)), count, text);
});

test('a link leads to the public page where there is one, into the app where there is none', () => {
  const page = { origin: 'https://sun.example', pathname: '/' };
  const channel = { conversationId: 'c1', username: 'dunes' };
  assert.equal(linkToPost(channel, 7, page), 'https://sun.example/@dunes/7');
  assert.equal(linkToPost({ ...channel, username: '' }, 7, page), 'https://sun.example/#c/c1/7');
});
