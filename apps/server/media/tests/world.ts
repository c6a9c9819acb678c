import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  create,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import {
  accountId,
  ConversationKind,
  deviceId,
  EntryKind,
  HeliogramError,
  type Media as MediaFacts,
  MediaService,
  MediaShape,
} from '@heliogram/protocol';
import type { AttachedFile } from '../../channels/media-claims.ts';
import type { Caller, DeviceCaller } from '../../gateway/service.ts';
import { nodeRuntime } from '../../node-runtime.ts';
import type { Runtime } from '../../runtime.ts';
import type { Storage } from '../../storage/port.ts';
import { openSqliteStorage } from '../../storage/sqlite/index.ts';
import { silentLog } from '../../telemetry.ts';
import { createMedia, type Media } from '../index.ts';

const anonymous: Caller = { kind: 'anonymous', address: '192.0.2.1' };
export const DAY_MS = 86_400_000;

type Methods = (typeof MediaService)['method'];
type Input<M> = M extends DescMethodUnary<infer I> ? MessageInitShape<I> : never;
type Output<M> = M extends DescMethodUnary<infer _I, infer O> ? MessageShape<O> : never;

/** As a post of today names its file. */
export function byId({ mediaId, hash }: { mediaId: string; hash: string }): AttachedFile {
  return { mediaName: mediaId, contentHash: hash, fileName: '', showAs: 'file' };
}

/** As posts of older clients name theirs. */
export function byHash({ hash }: { readonly hash: string }): AttachedFile {
  return { mediaName: hash, contentHash: hash, fileName: '', showAs: 'file' };
}

type UploadKind = { shape?: MediaShape; name?: string; fallBackToFile?: boolean };

export type Opened = {
  readonly mediaId: string;
  readonly uploadPath: string;
  readonly ticket: string;
};

/** The media room over a real database and a real port, with a clock that can be put forward. */
export class World {
  readonly directory = mkdtempSync(join(tmpdir(), 'media-'));
  readonly mediaDirectory = join(this.directory, 'media');
  storage: Storage;
  media: Media;
  free = Number.MAX_SAFE_INTEGER;
  readonly quota = {
    accountBytes: Number.MAX_SAFE_INTEGER,
    serverBytes: Number.MAX_SAFE_INTEGER,
  };
  #aheadMs = 0;
  #jumpMs = 0;
  #server: Server | undefined;
  #origin = '';
  readonly #runtime: Runtime = {
    ...nodeRuntime,
    now: () => Date.now() + this.#aheadMs + this.#jumpMs,
    settledNow: () => Date.now() + this.#aheadMs,
  };
  readonly #tokens = new Map<string, DeviceCaller>();

  constructor() {
    this.storage = openSqliteStorage({ path: join(this.directory, 'heliogram.db') });
    this.media = this.#create();
  }

  #create(): Media {
    return createMedia({
      storage: this.storage,
      directory: this.mediaDirectory,
      runtime: this.#runtime,
      log: silentLog,
      maxUploadBytes: 8_388_608,
      freeBytes: async () => this.free,
      quota: this.quota,
    });
  }

  async listen(): Promise<this> {
    this.#server = createServer((request, response) => {
      const route = this.media.routes.find(({ prefix }) => request.url?.startsWith(prefix));
      const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
      const callerOf = () => this.#tokens.get(token) ?? anonymous;
      void route?.handle(request, response, { address: '192.0.2.1', callerOf });
      if (!route) response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    this.#origin = `http://127.0.0.1:${port}`;
    return this;
  }

  get port(): number {
    return Number(new URL(this.#origin).port);
  }

  /** As after `kill -9`: nothing of the old room is waited for. */
  async restart(): Promise<void> {
    this.media = this.#create();
    await this.media.start();
  }

  putForward(ms: number): void {
    this.#aheadMs += ms;
  }

  /** A jump of the system clock that is not assumed to be right yet. */
  jump(ms: number): void {
    this.#jumpMs += ms;
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    this.#server?.close();
    await this.media.stop();
    await this.storage.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async account(): Promise<DeviceCaller> {
    const id = randomBytes(32).toString('hex');
    const row = await this.storage.db
      .insertInto('accounts')
      .values({
        account_id: id,
        identity_key: new Uint8Array(32),
        name: 'Ada',
        username: null,
        bio: '',
        avatar_media_id: '',
        created_at: 0,
        invited_by: null,
        suspended_reason: null,
        invites_left: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const caller: DeviceCaller = {
      kind: 'device',
      address: '192.0.2.1',
      account: row.id,
      accountId: accountId(id),
      deviceId: deviceId(randomBytes(16).toString('hex')),
    };
    this.#tokens.set(String(row.id), caller);
    return caller;
  }

  async channel(): Promise<number> {
    const { id } = await this.storage.db
      .insertInto('conversations')
      .values({
        conversation_id: randomBytes(16).toString('hex'),
        kind: ConversationKind.CHANNEL,
        created_at: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await this.storage.db
      .insertInto('channels')
      .values({
        conversation: id,
        owner: 1,
        title: 'Channel',
        username: null,
        description: '',
        avatar_media_id: '',
        unlisted: 0,
        forbid_forwarding: 0,
        sign_posts: 0,
        no_index: 0,
        forbid_reactions: 0,
        subscribers: 0,
        subscribers_shown: 0,
        taken_down_reason: null,
      })
      .execute();
    return id;
  }

  async append(conversation: number, kind: 1 | 3 = EntryKind.POST, targetSeq = 0): Promise<number> {
    const [outcome] = await this.storage.log.append([
      {
        conversation,
        kind: kind === 1 ? EntryKind.POST : EntryKind.REDACTION,
        author: 1,
        sentAt: 1,
        appendId: Uint8Array.from(randomBytes(16)),
        payload: kind === 1 ? new Uint8Array([1]) : null,
        silent: false,
        signed: false,
        targetSeq,
      },
    ]);
    return outcome?.kind === 'appended' ? outcome.entry.seq : 0;
  }

  async call<N extends keyof Methods>(
    name: N,
    caller: Caller,
    request: Input<Methods[N]>,
  ): Promise<Output<Methods[N]>> {
    const method = MediaService.method[name] as DescMethodUnary;
    const run = this.media.service.handlers[method.localName];
    const answer = await run?.(create(method.input, request), { caller });
    return create(method.output, answer) as Output<Methods[N]>;
  }

  async open(caller: Caller, size: number, more: UploadKind = {}): Promise<Opened> {
    const { shape = MediaShape.FILE, name = 'file', fallBackToFile = false } = more;
    return this.call('createUpload', caller, { size, shape, name, fallBackToFile });
  }

  tus(
    method: string,
    upload: Opened,
    {
      headers = {},
      body,
    }: { headers?: Record<string, string>; body?: Uint8Array | undefined } = {},
  ) {
    return this.fetch(upload.uploadPath, {
      method,
      headers: { 'tus-resumable': '1.0.0', 'upload-ticket': upload.ticket, ...headers },
      ...(body && { body: Uint8Array.from(body) }),
    });
  }

  patch(upload: Opened, offset: number | string, body: Uint8Array) {
    const headers = {
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(offset),
    };
    return this.tus('PATCH', upload, { headers, body });
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.#origin + path, { redirect: 'manual', ...init });
  }

  /** Uploads the bytes and answers what the server found in them. */
  async upload(caller: Caller, bytes: Uint8Array, more: UploadKind = {}) {
    const opened = await this.open(caller, bytes.byteLength, more);
    await this.patch(opened, 0, bytes);
    const media = await this.#checked(caller, opened.mediaId);
    return { ...media, hash: Buffer.from(media.contentHash).toString('hex') };
  }

  /** Asks until the check is through, as clients do. */
  async #checked(caller: Caller, mediaId: string): Promise<MediaFacts> {
    for (;;) {
      try {
        const { media } = await this.call('getMedia', caller, { mediaId });
        if (media) return media;
      } catch (error) {
        const checking = error instanceof HeliogramError && error.code === 'upload_incomplete';
        if (!checking) throw error;
      }
    }
  }

  /** Posts the file in the channel, as the channels room does. */
  async show(caller: DeviceCaller, conversation: number, file: AttachedFile): Promise<number> {
    const mediaIds = await this.media.claims.claim({
      account: caller.account,
      conversation,
      files: [file],
      alreadyIn: [],
    });
    const seq = await this.append(conversation);
    await this.media.claims.attach({ conversation, seq, mediaIds });
    return seq;
  }

  bearer(caller: DeviceCaller): { headers: { authorization: string } } {
    return { headers: { authorization: `Bearer ${caller.account}` } };
  }

  /** Names of every file of the room, uploads apart. */
  stored(): string[] {
    return readdirSync(this.mediaDirectory)
      .filter((folder) => folder !== 'uploads')
      .flatMap((folder) => readdirSync(join(this.mediaDirectory, folder)));
  }

  uploading(): string[] {
    return readdirSync(join(this.mediaDirectory, 'uploads'));
  }

  /** Bytes of an upload that are on the disk. */
  uploadedBytes({ mediaId }: { readonly mediaId: string }): number {
    return statSync(join(this.mediaDirectory, 'uploads', mediaId)).size;
  }
}

export async function withWorld(run: (world: World) => Promise<void>): Promise<void> {
  const world = await new World().listen();
  try {
    await run(world);
  } finally {
    await world.close();
  }
}
