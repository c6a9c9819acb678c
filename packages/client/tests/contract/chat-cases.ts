import { codeOf, same } from './assertions.ts';
import type { Check } from './check.ts';

const draft = { text: 'hello', replyTo: 4, editing: null, attachments: ['a', 'b'], changedAt: 9 };
const place = { seq: 7, offset: -12.5, readSeq: 9 };
const nothing = { conversationId: 'c1', pinOrder: null, draft: null, place: null };

export function chatCases(check: Check): void {
  check('a conversation is kept in two parts, each on its own', async ({ chats }) => {
    await chats.put([{ conversationId: 'c1', summary: Uint8Array.of(1) }]);
    await chats.put([{ conversationId: 'c1', channel: Uint8Array.of(2) }]);
    await chats.put([{ conversationId: 'c2', channel: Uint8Array.of(3) }]);
    const both = { conversationId: 'c1', summary: Uint8Array.of(1), channel: Uint8Array.of(2) };
    same(await chats.get(['c1', 'none']), [both]);
    same((await chats.all()).length, 2);
    await chats.put([{ conversationId: 'c1', summary: Uint8Array.of(9) }]);
    same(await chats.get(['c1']), [{ ...both, summary: Uint8Array.of(9) }]);
    await chats.remove(['c1']);
    same(
      (await chats.all()).map(({ conversationId }) => conversationId),
      ['c2'],
    );
  });

  check('what is local changes part by part and outlives the rest', async ({ chats }) => {
    same(await chats.local('c1'), nothing);
    await chats.setLocal('c1', { draft });
    await chats.setLocal('c1', { place });
    await chats.setLocal('c1', { pinOrder: 1.5 });
    await chats.remove(['c1']);
    same(await chats.local('c1'), { conversationId: 'c1', pinOrder: 1.5, draft, place });
    await chats.setLocal('c1', { draft: null, pinOrder: null });
    same(await chats.locals(), [{ ...nothing, place }]);
    await chats.setLocal('c1', { place: null });
    same(await chats.locals(), []);
  });

  check('a draft beyond its limits is refused', async ({ chats }) => {
    await chats.setLocal('c1', { draft });
    const long = { ...draft, text: 'x'.repeat(65_537) };
    same(await codeOf(chats.setLocal('c1', { draft: long })), 'too_large');
    const many = { ...draft, attachments: Array.from({ length: 11 }, String) };
    same(await codeOf(chats.setLocal('c1', { draft: many })), 'too_large');
    same((await chats.local('c1')).draft, draft);
  });
}
