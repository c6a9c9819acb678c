import type { ToWindow, ToWorker } from '../../bridge/messages.ts';
import type { Hub } from '../hub/hub.ts';
import { askEveryMs, LeaderWatch } from './leader-watch.ts';
import type { TabChannel, TabMessage } from './messages.ts';
import { OpenQuestions } from './open-questions.ts';

export interface TabsParts {
  /** Of this tab. */
  readonly tab: string;
  readonly channel: TabChannel;
  readonly hub: Hub;
  readonly toWindow: (message: ToWindow) => void;
  /** Once the others can see when this tab is gone: until then it asks none of them. */
  readonly present: Promise<void>;
  /** Resolves when the tab is gone, however it went. */
  readonly gone: (tab: string) => Promise<void>;
  /** Calls `run` every `ms` milliseconds until the returned function is called. */
  readonly every: (ms: number, run: () => void) => () => void;
}

/**
 * Carries this window's questions to whoever leads: to the hub here, or over the channel to that of
 * another tab. When the leader is gone the next one is asked again.
 */
export class Tabs {
  readonly #parts: TabsParts;
  readonly #open = new OpenQuestions();
  readonly #served = new Set<string>();
  readonly #leaderWatch: LeaderWatch;
  #stopAsking: () => void = () => undefined;
  #present = false;
  #begins = false;
  #leads = false;
  #leader: string | undefined;

  constructor(parts: TabsParts) {
    this.#parts = parts;
    this.#leaderWatch = new LeaderWatch({
      ask: () => parts.channel.postMessage({ t: 'who', from: parts.tab }),
      changed: (responds) => parts.toWindow({ t: 'leader', responds }),
    });
    parts.channel.onmessage = ({ data }) => this.#heard(data);
    void parts.present.then(() => this.#look());
  }

  fromWindow(message: ToWorker): void {
    this.#open.asked(message);
    this.#carry(message);
  }

  /** This tab will lead once its store is open: the others wait for it. */
  begin(): void {
    this.#begins = true;
    this.#stopAsking();
    this.#leaderWatch.heard();
  }

  /** This tab leads from now on; its hub is ready or will be. */
  lead(): void {
    this.begin();
    const { tab, channel } = this.#parts;
    const followed = this.#leader !== undefined;
    this.#leads = true;
    this.#leader = tab;
    if (followed) for (const refusal of this.#open.unsure()) this.#parts.toWindow(refusal);
    this.#askAgain();
    channel.postMessage({ t: 'leading', leader: tab });
  }

  #look(): void {
    this.#present = true;
    if (this.#begins) return;
    this.#leaderWatch.ask();
    this.#stopAsking = this.#parts.every(askEveryMs, () => this.#leaderWatch.ask());
  }

  #carry(message: ToWorker): void {
    const { tab, hub, channel } = this.#parts;
    if (this.#leads) hub.receive(tab, message, (back) => this.#back(back));
    // Until somebody leads, what is asked waits here.
    else if (this.#leader) channel.postMessage({ t: 'ask', from: tab, message });
  }

  #back(message: ToWindow): void {
    this.#open.answered(message);
    this.#parts.toWindow(message);
  }

  #heard(message: TabMessage): void {
    const { tab } = this.#parts;
    switch (message.t) {
      case 'ask':
        return this.#serve(message.from, message.message);
      case 'tell':
        if (message.to === tab) this.#back(message.message);
        return;
      case 'who':
        return this.#answerWho(message.from);
      case 'beginning':
        if (message.to === tab) this.#leaderWatch.heard();
        return;
      case 'leading':
        if (message.to === undefined || message.to === tab) this.#follow(message.leader);
    }
  }

  #answerWho(from: string): void {
    const { tab, channel } = this.#parts;
    if (this.#leads) channel.postMessage({ t: 'leading', leader: tab, to: from });
    else if (this.#begins) channel.postMessage({ t: 'beginning', to: from });
  }

  #follow(leader: string): void {
    this.#leaderWatch.heard();
    if (!this.#present || this.#leads || leader === this.#leader) return;
    const followed = this.#leader !== undefined;
    this.#leader = leader;
    if (followed) for (const refusal of this.#open.unsure()) this.#parts.toWindow(refusal);
    this.#askAgain();
  }

  #askAgain(): void {
    for (const message of this.#open.again()) this.#carry(message);
  }

  #serve(from: string, message: ToWorker): void {
    const { hub, channel, gone } = this.#parts;
    if (!this.#leads) return;
    if (!this.#served.has(from)) {
      this.#served.add(from);
      void gone(from).then(() => {
        this.#served.delete(from);
        hub.leave(from);
      });
    }
    hub.receive(from, message, (back) =>
      channel.postMessage({ t: 'tell', to: from, message: back }),
    );
  }
}
