import { type Bridge, CommandError, type Watch } from '../bridge/bridge.ts';
import type { CommandName, Commands } from '../bridge/contract/contract.ts';
import type { DraftEvent, UploadView } from '../bridge/contract/publishing.ts';
import type { FailureView } from '../bridge/contract/session.ts';
import { type FileTrouble, fileTrouble, maxAlbum } from './composer-limits.ts';
import {
  afterPosting,
  beginEdit,
  beginReply,
  type ComposerState,
  emptyComposer,
  leaveMode,
  moveUpload,
  takeDraft,
} from './composer-state.ts';
import { type LetGo, letGoOf } from './unsent.ts';

export type ComposerTrouble =
  | { readonly kind: 'too-many-files'; readonly max: number }
  | FileTrouble
  | { readonly kind: 'refused'; readonly failure: FailureView };

export interface ComposerPorts {
  readonly newId: () => string;
  readonly trouble: (trouble: ComposerTrouble) => void;
  /** Written at once, until the worker has it: this page may be closed in the next moment. */
  readonly keep: (letGo: LetGo) => void;
  readonly forget: (id: string) => void;
  /** The last words before the page goes away, written at once; undefined: the worker has them. */
  readonly keepWords: (words: Written | undefined) => void;
  /** The largest file that the server takes; undefined as long as it has not said. */
  readonly maxFileBytes: () => number | undefined;
  /** Runs after a moment without another call; returns how to run it now or never. */
  readonly later: (run: () => void) => () => void;
}

type Written = Omit<Commands['saveDraft']['args'], 'conversationId'>;

export type UploadAs = Commands['addUpload']['args']['as'];

/** The draft of one channel. What is typed is shown at once and saved a moment later. */
export class ComposerModel {
  readonly #bridge: Pick<Bridge, 'call' | 'watch'>;
  readonly #conversationId: string;
  readonly #ports: ComposerPorts;
  readonly #watch: Watch<'draft'>;
  readonly #readers = new Set<() => void>();
  /** Files of this session, for thumbnails and to send them another way. */
  readonly #files = new Map<string, File>();
  #state = emptyComposer;
  #inFlight = 0;
  #cancelSave: (() => void) | undefined;
  #saves = 0;
  /** The worker has not said yet that it has what is written. */
  #unsaved = false;
  #hasCursor = false;
  /** Something was written since the cursor came. */
  #writing = false;
  /** What another device wrote meanwhile. */
  #held: DraftEvent | undefined;

  constructor(
    bridge: Pick<Bridge, 'call' | 'watch'>,
    conversationId: string,
    ports: ComposerPorts,
  ) {
    this.#bridge = bridge;
    this.#conversationId = conversationId;
    this.#ports = ports;
    this.#watch = bridge.watch('draft', { conversationId }, (event) => {
      const settled = this.#inFlight === 0 && this.#cancelSave === undefined;
      const holds = this.#writing && event.draft.text !== this.#state.text;
      this.#held = holds && settled ? event : undefined;
      this.#set(takeDraft(this.#state, event, settled && !holds));
    });
  }

  readonly state = (): ComposerState => this.#state;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#readers.add(changed);
    return () => this.#readers.delete(changed);
  };

  end(): void {
    this.saveNow();
    this.#watch.end();
  }

  write(text: string): void {
    if (text === this.#state.text) return;
    this.#writing = this.#hasCursor;
    this.#set({ ...this.#state, text });
    this.#saveSoon();
  }

  /** Text does not change under the cursor of whoever is writing: another device's waits until it is gone. */
  cursor(isHere: boolean): void {
    this.#hasCursor = isHere;
    if (isHere) return;
    this.#writing = false;
    const held = this.#held;
    this.#held = undefined;
    if (held && this.#cancelSave === undefined) this.#set(takeDraft(this.#state, held, true));
  }

  reply(seq: number): void {
    this.#set(beginReply(this.#state, seq));
    this.#save();
  }

  edit(post: { readonly seq: number; readonly text: string }): void {
    this.#set(beginEdit(this.#state, post));
    this.#save();
  }

  leaveMode(): void {
    this.#set(leaveMode(this.#state));
    this.#save();
  }

  setSilent(silent: boolean): void {
    this.#set({ ...this.#state, silent });
  }

  /** The page goes away, perhaps before the worker hears of the last keys. */
  leave(): void {
    if (this.#unsaved) this.#ports.keepWords(this.#written());
    this.saveNow();
  }

  saveNow(): void {
    if (this.#cancelSave) this.#save();
  }

  /** What the server would refuse is refused before a byte of it is sent. */
  async add(files: readonly File[], as: UploadAs): Promise<void> {
    const fitting = files.filter((file) => {
      const trouble = fileTrouble(file, this.#ports.maxFileBytes());
      if (trouble) this.#ports.trouble(trouble);
      return trouble === undefined;
    });
    const room = maxAlbum - this.#state.uploads.length;
    if (fitting.length > room) this.#ports.trouble({ kind: 'too-many-files', max: maxAlbum });
    const shape = this.asFiles().on ? 'file' : as;
    // All are asked for before anything else can be: a post that is sent now takes them along.
    const adding = fitting.slice(0, Math.max(0, room)).map(async (file) => {
      const args = { conversationId: this.#conversationId, file, as: shape };
      const added = await this.#call('addUpload', args);
      if (added) this.#files.set(added.uploadId, file);
    });
    await Promise.all(adding);
  }

  /** Whether pictures go out as files; what was there before a reload cannot be changed any more. */
  asFiles(): { readonly changeable: boolean; readonly on: boolean } {
    const media = this.#state.uploads.filter(({ uploadId }) => {
      const file = this.#files.get(uploadId);
      return file !== undefined && isMedia(file);
    });
    const changeable = media.length > 0;
    return { changeable, on: changeable && media.every(({ kind }) => kind === 'file') };
  }

  fileOf(uploadId: string): File | undefined {
    return this.#files.get(uploadId);
  }

  /** All at once, as pictures or as files, each in its place; only those of this session can change. */
  async sendAs(as: UploadAs): Promise<void> {
    const places: string[] = [];
    for (const upload of this.#state.uploads) places.push(await this.#again(upload, as));
    const conversationId = this.#conversationId;
    await this.#call('orderUploads', { conversationId, uploadIds: places });
  }

  /** The id of the upload that takes its place. */
  async #again({ uploadId }: UploadView, as: UploadAs): Promise<string> {
    const file = this.#files.get(uploadId);
    if (!file || !isMedia(file)) return uploadId;
    await this.remove(uploadId);
    const added = await this.#call('addUpload', {
      conversationId: this.#conversationId,
      file,
      as,
    });
    if (!added) return uploadId;
    this.#files.set(added.uploadId, file);
    return added.uploadId;
  }

  async remove(uploadId: string): Promise<void> {
    this.#files.delete(uploadId);
    await this.#call('removeUpload', { uploadId });
  }

  async retry(uploadId: string): Promise<void> {
    await this.#call('retryUpload', { uploadId });
  }

  async move(uploadId: string, by: number): Promise<void> {
    const before = this.#state.uploads;
    const ids = before.map((upload) => upload.uploadId);
    const uploadIds = moveUpload(ids, uploadId, by);
    if (uploadIds === ids) return;
    const uploads = uploadIds.flatMap((id) => before.filter((each) => each.uploadId === id));
    this.#set({ ...this.#state, uploads });
    await this.#call('orderUploads', { conversationId: this.#conversationId, uploadIds });
  }

  /** Empties the composer at once; what could not be taken in comes back. */
  async post(scheduledAt?: number): Promise<boolean> {
    this.#cancelSave?.();
    this.#cancelSave = undefined;
    const before = this.#state;
    const { text, silent, edits } = before;
    const conversationId = this.#conversationId;
    if (edits === undefined) this.#set(afterPosting(before));
    else this.#set(leaveMode(before));
    const letGo = {
      id: this.#ports.newId(),
      conversationId,
      text,
      silent,
      ...(scheduledAt === undefined ? {} : { scheduledAt }),
      ...(edits === undefined ? {} : { edits }),
    };
    this.#ports.keep(letGo);
    const done = await letGoOf((name, args) => this.#ask(name, args), letGo).catch(() => undefined);
    this.#ports.forget(letGo.id);
    if (done !== undefined && edits === undefined && !this.#cancelSave) this.#settled();
    if (done === undefined && this.#state.text === '') {
      this.#set({ ...before, loaded: true });
      this.#saveSoon();
    }
    if (edits !== undefined) this.#save();
    return done !== undefined;
  }

  #saveSoon(): void {
    this.#unsaved = true;
    this.#cancelSave?.();
    this.#cancelSave = this.#ports.later(() => this.#save());
  }

  #save(): void {
    this.#cancelSave?.();
    this.#cancelSave = undefined;
    // What is saved now is the latest, everywhere.
    this.#held = undefined;
    this.#unsaved = true;
    this.#saves++;
    const save = this.#saves;
    const args = { conversationId: this.#conversationId, ...this.#written() };
    this.#ask('saveDraft', args).then(
      () => {
        if (save === this.#saves && !this.#cancelSave) this.#settled();
      },
      () => undefined,
    );
  }

  #settled(): void {
    this.#unsaved = false;
    this.#ports.keepWords(undefined);
  }

  #written(): Written {
    const { text, replyTo, edits } = this.#state;
    return {
      text,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(edits === undefined ? {} : { edits }),
    };
  }

  /** What is too long is told beside it, not again with every pause in writing. */
  #troubled(name: CommandName, failure: FailureView): void {
    const tooLong = name === 'saveDraft' && failure.code === 'too_large';
    if (tooLong) this.#set({ ...this.#state, kept: 'nowhere' });
    else this.#ports.trouble({ kind: 'refused', failure });
  }

  /** Undefined when it was refused. */
  #call<Name extends CommandName>(
    name: Name,
    args: Commands[Name]['args'],
  ): Promise<Commands[Name]['result'] | undefined> {
    return this.#ask(name, args).catch(() => undefined);
  }

  /** A refusal is told to the writer, and thrown. */
  async #ask<Name extends CommandName>(
    name: Name,
    args: Commands[Name]['args'],
  ): Promise<Commands[Name]['result']> {
    this.#inFlight++;
    try {
      return await this.#bridge.call(name, args);
    } catch (error) {
      const failure =
        error instanceof CommandError
          ? { code: error.code, message: error.message, retry: error.retry }
          : { code: 'internal', message: String(error), retry: false };
      this.#troubled(name, failure);
      throw error;
    } finally {
      this.#inFlight--;
    }
  }

  #set(state: ComposerState): void {
    this.#state = state;
    for (const reader of [...this.#readers]) reader();
  }
}

/** What can go out as a picture, film or sound. */
function isMedia({ type }: File): boolean {
  return /^(image|video|audio)\//.test(type) && type !== 'image/svg+xml';
}
