import { useTexts } from '../../language/language.tsx';
import { actionsForAll, type PostAction } from '../../view-models/log-actions.ts';
import { textOfSelected } from '../../view-models/log-selection.ts';
import { actingAccount, useSession } from '../../view-models/session.ts';
import { ChannelHeader } from './channel-header.tsx';
import { useScene } from './channel-scene.ts';
import { ChannelSearch } from './channel-search.tsx';
import { SelectionBar } from './selection-bar.tsx';
import type { Selection } from './use-selection.ts';

interface RoomHeadProps {
  readonly selection: Selection;
  /** Absent: nobody is searching. */
  readonly query: string | undefined;
  readonly onQuery: (query: string | undefined) => void;
  readonly onForward: (seqs: readonly number[]) => void;
  readonly onDelete: (seqs: readonly number[]) => void;
  readonly onScheduled: () => void;
}

/** The head of a channel: who it is, or what is being searched or selected. */
export function RoomHead(props: RoomHeadProps) {
  const { selection, query, onQuery, onForward, onDelete } = props;
  const texts = useTexts().channel;
  const scene = useScene();
  const signedIn = actingAccount(useSession()) !== undefined;
  const { seqs } = selection;
  if (seqs) {
    const posts = selection.posts();
    const run = (action: PostAction) => {
      const ordered = [...seqs].sort((a, b) => a - b);
      if (action === 'forward') return onForward(ordered);
      if (action === 'delete') onDelete(ordered);
      else scene.acts.copyText(textOfSelected(seqs, posts), texts.textCopied);
      selection.end();
    };
    return (
      <SelectionBar
        count={seqs.size}
        allowed={actionsForAll(posts, scene.channel, scene)}
        onRun={run}
        onEnd={selection.end}
      />
    );
  }
  if (query !== undefined) {
    return <ChannelSearch query={query} onQuery={onQuery} onClose={() => onQuery(undefined)} />;
  }
  return (
    <ChannelHeader
      channel={scene.channel}
      signedIn={signedIn}
      onSearch={() => onQuery('')}
      onSelect={selection.begin}
      onScheduled={props.onScheduled}
    />
  );
}
