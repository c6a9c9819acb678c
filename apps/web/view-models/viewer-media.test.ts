import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttachmentView } from '../bridge/contract/log.ts';
import { examplePost } from './tests/log-examples.ts';
import { moveInViewer, viewerItems, viewerKey } from './viewer-media.ts';

function attachment(kind: AttachmentView['kind']): AttachmentView {
  return { kind, name: kind, mediaType: '', size: 1, url: '/' };
}

test('pictures and films of shown posts, in order, from one to the next', () => {
  const album = [attachment('file'), attachment('photo'), attachment('video')];
  const posts = [
    examplePost(1, { attachments: [attachment('photo')] }),
    examplePost(2, { attachments: [attachment('photo')], takenDownReason: 'spam' }),
    examplePost(3, { attachments: album }),
  ];
  const items = viewerItems(posts);
  assert.deepEqual(
    items.map(({ key }) => key),
    [viewerKey(1, 0), viewerKey(3, 1), viewerKey(3, 2)],
  );
  assert.equal(moveInViewer(items, viewerKey(3, 1), 1), viewerKey(3, 2));
  assert.equal(moveInViewer(items, viewerKey(3, 2), 1), viewerKey(3, 2));
  assert.equal(moveInViewer(items, viewerKey(1, 0), -1), viewerKey(1, 0));
});
