import './pinned-bar.css';
import { useState } from 'react';
import type { ChannelFacts } from '../../bridge/contract/log.ts';
import { IconButton } from '../../design/button.tsx';
import { PinIcon, UnpinIcon } from '../../design/icons/conversation.tsx';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import { useQuietly } from '../../view-models/task.ts';
import { useScene } from './channel-scene.ts';
import { previewText } from './preview-text.ts';

/** The pinned post; each press goes there and shows the one before it. */
export function PinnedBar({ channel }: { readonly channel: ChannelFacts }) {
  const texts = useTexts().channel;
  const formats = useFormats();
  const { acts } = useScene();
  const call = useCall();
  const quietly = useQuietly();
  const [turn, setTurn] = useState(0);
  const { pinned, conversationId, rights } = channel;
  const at = pinned.length === 0 ? 0 : turn % pinned.length;
  const shown = pinned[at];
  if (!shown) return null;
  const label =
    pinned.length === 1
      ? texts.pinnedPost
      : fill(texts.pinnedOf, formats.number(pinned.length), formats.number(at + 1));
  return (
    <div className="pinned-bar">
      <button
        type="button"
        className="pinned-post focus-inside"
        onClick={() => {
          acts.jumpTo(shown.seq);
          setTurn(at + 1);
        }}
      >
        {pinned.length > 1 ? <PinnedMarks count={pinned.length} at={at} /> : <PinIcon />}
        <span className="pinned-text">
          <strong>{label}</strong>
          <span dir="auto">{previewText(shown.preview, texts)}</span>
        </span>
      </button>
      {rights.edit ? (
        <IconButton
          label={texts.unpinThis}
          onClick={() =>
            quietly(call('setPinnedPost', { conversationId, seq: shown.seq, pinned: false }))
          }
        >
          <UnpinIcon />
        </IconButton>
      ) : null}
    </div>
  );
}

const maxMarks = 5;

/** Where among the pins one is, the newest below. */
function PinnedMarks({ count, at }: { readonly count: number; readonly at: number }) {
  const marks = Array.from({ length: Math.min(count, maxMarks) }, (_, i) => i).reverse();
  return (
    <span className="pinned-marks" aria-hidden="true">
      {marks.map((mark) => (
        <span key={mark} data-on={mark === Math.min(at, maxMarks - 1) || undefined} />
      ))}
    </span>
  );
}
