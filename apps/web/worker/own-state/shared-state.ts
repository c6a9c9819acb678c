import { type Draft, OwnState, storeLimits } from '@heliogram/client';
import { decodeUtf8, encodeUtf8, utf8Length } from '@heliogram/content';
import { Changes } from '../changes.ts';
import type { House } from '../session/house.ts';

/** What of a draft means something on every device: files stay where they were chosen. */
export type SharedDraft = Pick<Draft, 'text' | 'replyTo' | 'editing'>;

/** What stands, and when it was set; undefined where it was never set. */
export type Shared<T> = { readonly value: T | null; readonly setAt: number } | undefined;

type Kind = 'draft' | 'pin';

/**
 * What a person's devices share of their chats: what is being written, and which stand on top in which
 * order. Nothing is shared of a visitor.
 */
export class SharedState {
  /** Another device changed it, by conversation. */
  readonly changes: Readonly<Record<Kind, Changes<string>>> = {
    draft: new Changes(),
    pin: new Changes(),
  };
  /** Resolves once what is kept here can be asked for. */
  readonly known: Promise<void>;
  readonly #own: OwnState | undefined;

  constructor({ client, keys, platform, store }: House) {
    this.#own = keys && new OwnState({ client, keys, platform, store });
    this.#own?.events.on('changed', ({ kind, scope }) => {
      if (kind === 'draft' || kind === 'pin') this.changes[kind].tell(scope);
    });
    this.known = this.#own?.start() ?? Promise.resolve();
    this.known.catch(() => undefined);
  }

  /** Conversations of which something of that kind stands or once stood. */
  conversations(kind: Kind): readonly string[] {
    return this.#own?.scopes(kind) ?? [];
  }

  draft(conversationId: string): Shared<SharedDraft> {
    return this.#read('draft', conversationId, draftOf);
  }

  pinOrder(conversationId: string): Shared<number> {
    return this.#read('pin', conversationId, orderOf);
  }

  /** Whether it goes along to the other devices. */
  setDraft(conversationId: string, { text, replyTo, editing }: SharedDraft): Promise<boolean> {
    const isEmpty = text === '' && replyTo === null && editing === null;
    const value = isEmpty ? null : { ...writtenText(text), replyTo, editing };
    return this.#set('draft', conversationId, value);
  }

  async setPinOrder(conversationId: string, order: number | null): Promise<void> {
    await this.#set('pin', conversationId, order);
  }

  /** The person turns to something else: what waits for a next key is sent now. */
  turnedAway(): void {
    void this.#own?.flush();
  }

  #read<T>(kind: Kind, scope: string, parse: (value: unknown) => T | null): Shared<T> {
    const setAt = this.#own?.setAt({ kind, scope });
    if (setAt === undefined) return undefined;
    return { value: parse(this.#own?.get({ kind, scope })), setAt };
  }

  /** False: it is too long or too much for all devices, and stays on this one. */
  #set(kind: Kind, scope: string, value: object | number | null): Promise<boolean> {
    return this.known
      .then(() => this.#own?.set({ kind, scope }, value))
      .then(
        () => true,
        () => false,
      );
  }
}

/** Every text that a post takes fits, also one of nothing but quotes and lines, which JSON writes twice escaped. */
function writtenText(text: string): { readonly text: string } | { readonly text64: string } {
  const bytes = encodeUtf8(text);
  const escaped = utf8Length(JSON.stringify(JSON.stringify(text)));
  if (escaped < (bytes.length * 4) / 3) return { text };
  return { text64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
}

function readText({
  text,
  text64,
}: {
  readonly text?: unknown;
  readonly text64?: unknown;
}): unknown {
  if (typeof text64 !== 'string') return text;
  try {
    return decodeUtf8(Uint8Array.from(atob(text64), (each) => each.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

function draftOf(value: unknown): SharedDraft | null {
  if (typeof value !== 'object' || value === null) return null;
  const { replyTo, editing }: Partial<Record<keyof SharedDraft, unknown>> = value;
  const text = readText(value);
  if (typeof text !== 'string' || text.length > storeLimits.maxDraftCharacters) return null;
  return { text, replyTo: seqOf(replyTo), editing: seqOf(editing) };
}

function seqOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

function orderOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
