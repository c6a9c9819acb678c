import { type RefObject, useRef } from 'react';
import type { ChannelFacts, PostView } from '../../bridge/contract/log.ts';
import { fill } from '../../language/fill.ts';
import { useFormats, useTexts } from '../../language/language.tsx';
import { useCall } from '../../view-models/app.tsx';
import type { ComposerModel } from '../../view-models/composer-model.ts';
import type { PostAction } from '../../view-models/log-actions.ts';
import { newActionId } from '../../view-models/log-ids.ts';
import { linkToPost } from '../../view-models/log-post-text.ts';
import { useTell } from '../../view-models/telling.ts';
import { toasts } from '../../view-models/toasts.ts';
import type { ChannelActs, Spot } from './channel-scene.ts';

/** How long a deletion can be taken back. */
const undoMs = 6_000;

export interface ActsAround {
  readonly channel: ChannelFacts;
  readonly composer: ComposerModel | undefined;
  readonly forward: (seqs: readonly number[]) => void;
  readonly select: (seq: number, range: boolean) => void;
  readonly openPicker: (post: PostView, spot: Spot) => void;
  readonly openViewer: (key: string) => void;
  readonly searchFor: (words: string) => void;
  readonly showPerson: (username: string) => void;
  readonly jumpTo: (seq: number, from?: number) => void;
}

/** What posts ask of the screen, as one object that never changes. */
export function useChannelActs(around: ActsAround): ChannelActs & {
  readonly deletePosts: (seqs: readonly number[]) => void;
} {
  const newest = useRef(around);
  newest.current = around;
  const doing = useDoing(newest);
  const acts = useRef(doing);
  acts.current = doing;
  const stable = useRef<ReturnType<typeof useDoing>>(undefined);
  stable.current ??= throughRef(acts);
  return stable.current;
}

type Doing = ReturnType<typeof useDoing>;

function throughRef(acts: RefObject<Doing>): Doing {
  return {
    run: (action, post) => acts.current.run(action, post),
    react: (post, emoji) => acts.current.react(post, emoji),
    openPicker: (post, spot) => acts.current.openPicker(post, spot),
    openViewer: (key) => acts.current.openViewer(key),
    jumpTo: (seq, from) => acts.current.jumpTo(seq, from),
    toggleSelected: (seq, range) => acts.current.toggleSelected(seq, range),
    searchFor: (words) => acts.current.searchFor(words),
    showPerson: (username) => acts.current.showPerson(username),
    copyText: (text, said) => acts.current.copyText(text, said),
    retryOutgoing: (id) => acts.current.retryOutgoing(id),
    discardOutgoing: (id) => acts.current.discardOutgoing(id),
    deletePosts: (seqs) => acts.current.deletePosts(seqs),
  };
}

function useDoing(around: RefObject<ActsAround>) {
  const call = useCall();
  const texts = useTexts();
  const formats = useFormats();
  const tell = useTell();
  const refused = (error: unknown) =>
    toasts.show({ text: fill(texts.channel.refused, tell(error).text) });
  const quietly = (work: Promise<unknown>) => {
    work.catch(refused);
  };
  const { conversationId } = around.current.channel;
  const deletePosts = (seqs: readonly number[]) => {
    const id = newActionId();
    quietly(call('deletePosts', { id, conversationId, seqs, afterMs: undoMs }));
    toasts.show({
      text: formats.plural(seqs.length, texts.channel.deletedToast),
      action: { label: texts.app.undo, run: () => quietly(call('undoDelete', { id })) },
      timeoutMs: undoMs,
    });
  };
  const copyText = (text: string, said: string) => {
    navigator.clipboard.writeText(text).then(
      () => toasts.show({ text: said, timeoutMs: 2_500 }),
      () => toasts.show({ text: texts.channel.notCopied }),
    );
  };
  const pin = (seq: number, pinned: boolean) =>
    quietly(call('setPinnedPost', { conversationId, seq, pinned }));
  const runs: Readonly<Record<PostAction, (post: PostView) => void>> = {
    reply: ({ seq }) => around.current.composer?.reply(seq),
    react: (post) => {
      const article = document.querySelector<HTMLElement>(`[data-seq="${post.seq}"]`);
      if (article) around.current.openPicker(post, article);
    },
    forward: ({ seq }) => around.current.forward([seq]),
    'copy-text': ({ text }) => copyText(text, texts.channel.textCopied),
    'copy-link': ({ seq }) =>
      copyText(linkToPost(around.current.channel, seq, location), texts.channel.linkCopied),
    pin: ({ seq }) => pin(seq, true),
    unpin: ({ seq }) => pin(seq, false),
    edit: (post) => around.current.composer?.edit(post),
    delete: ({ seq }) => deletePosts([seq]),
    select: ({ seq }) => around.current.select(seq, false),
  };
  return {
    run: (action: PostAction, post: PostView) => runs[action](post),
    react: (post: PostView, emoji: string) => {
      const mine = post.reactions.some((reaction) => reaction.mine && reaction.emoji === emoji);
      quietly(call('react', { conversationId, seq: post.seq, emoji: mine ? '' : emoji }));
    },
    openPicker: (post: PostView, spot: Spot) => around.current.openPicker(post, spot),
    openViewer: (key: string) => around.current.openViewer(key),
    jumpTo: (seq: number, from?: number) => around.current.jumpTo(seq, from),
    toggleSelected: (seq: number, range: boolean) => around.current.select(seq, range),
    searchFor: (words: string) => around.current.searchFor(words),
    showPerson: (username: string) => around.current.showPerson(username),
    copyText,
    retryOutgoing: (id: string) => quietly(call('retryOutgoing', { id })),
    discardOutgoing: (id: string) => quietly(call('discardOutgoing', { id })),
    deletePosts,
  };
}
