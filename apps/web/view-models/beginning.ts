import type { Bridge } from '../bridge/bridge.ts';
import { Downloads } from './downloads.ts';
import { anchorOf, type LogLink } from './kept-place.ts';
import type { Named } from './named.ts';
import type { Place } from './place.ts';
import { saveFile } from './saving.ts';
import { WatchedStates } from './watched.ts';

/** What every view-model stands on. */
export interface App {
  readonly bridge: Bridge;
  readonly watched: WatchedStates;
  readonly early: EarlyAnswers;
  readonly downloads: Downloads;
}

export function createApp(bridge: Bridge): App {
  return {
    bridge,
    watched: new WatchedStates(bridge),
    early: new EarlyAnswers(),
    downloads: new Downloads({ fetch, now: () => performance.now(), save: saveFile }),
  };
}

/** What was asked before anything was drawn, for the first who asks the same. */
export class EarlyAnswers {
  readonly #named = new Map<string, EarlyAnswer>();

  expect(username: string, answer: Promise<Named>): void {
    const early: EarlyAnswer = { answer };
    this.#named.set(username, early);
    answer.then(
      (value) => {
        early.value = value;
      },
      () => undefined,
    );
  }

  /** What a username leads to, where it is known already. */
  known(username: string): Named | undefined {
    return this.#named.get(username)?.value;
  }

  /** Once: whoever asks again wants to know how it stands then. */
  take(username: string): Promise<Named> | undefined {
    const early = this.#named.get(username);
    this.#named.delete(username);
    return early?.answer;
  }
}

interface EarlyAnswer {
  readonly answer: Promise<Named>;
  value?: Named;
}

/** By then whoever was to read it stands. */
const wantedWithinMs = 10_000;

interface EarlyAround {
  readonly onLeave: (left: () => void) => void;
  /** The page came back to a place that was read before. */
  readonly wasRead: boolean;
}

/**
 * Asks for what the first screen will want, while its script is still on its way. `onLeave` calls back when
 * somebody goes elsewhere: where a log opened then is not where it opens when they come back.
 */
export function askEarly(app: App, place: Place, around: EarlyAround): void {
  const { onLeave } = around;
  const { bridge, watched, early } = app;
  hold(watched.of('session', null));
  hold(watched.of('chats', null));
  let left = false;
  onLeave(() => {
    left = true;
  });
  if (place.at === 'chat') onLeave(openEarly(app, place, around));
  if (place.at !== 'name') return;
  const { username, seq } = place;
  const answer = bridge.call('resolve', { username });
  early.expect(username, answer);
  answer.then(
    (named) => {
      if (named.kind !== 'channel' || left) return;
      onLeave(openEarly(app, { conversationId: named.conversationId, seq }, around));
    },
    () => undefined,
  );
}

/** Answers what ends it unless somebody reads it by then. */
function openEarly(app: App, link: LogLink, { wasRead }: EarlyAround): () => void {
  const { conversationId } = link;
  hold(app.watched.of('channel', { conversationId }));
  const at = anchorOf(link, wasRead);
  const end = app.bridge.watchEarly('log', { conversationId, at });
  setTimeout(end, wantedWithinMs);
  return end;
}

function hold(state: { subscribe(changed: () => void): () => void }): void {
  const end = state.subscribe(() => undefined);
  setTimeout(end, wantedWithinMs);
}
