import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DescMessage, DescMethodUnary, MessageInitShape } from '@bufbuild/protobuf';
import { attachmentOf, createMemoryStore, type PostDraft, uploadMedia } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import type { Attachment } from '@heliogram/content';
import { AccountsService, AdminService, ChannelsService, MediaShape } from '@heliogram/protocol';
import sharp from 'sharp';
import { type RunningServer, type ServerConfig, startServer } from '../../main.ts';
import { operate } from '../../operator.ts';
import { newPerson, type Person } from '../../tests/processes/person.ts';

/** A real server with people who publish, for tests, pictures and benches of the pages. */
export class Newsroom {
  readonly #directory = mkdtempSync(join(tmpdir(), 'heliogram-pages-'));
  readonly #settings: Partial<ServerConfig>;
  #people: Person[] = [];
  #server: RunningServer | undefined;

  constructor(settings: Partial<ServerConfig> = {}) {
    this.#settings = settings;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  async open(): Promise<this> {
    this.#server = await startServer({
      dataDirectory: this.#directory,
      host: '127.0.0.1',
      port: 0,
      origins: [],
      trustedProxies: [],
      name: 'The Hill',
      registration: { policy: 'open', difficultyBits: 0, invitesPerAccount: 0 },
      maxUploadBytes: 20_000_000,
      subscriberCountIntervalMs: 1_000,
      logLevel: 'error',
      metrics: 'off',
      ...this.#settings,
    });
    return this;
  }

  async #shut(): Promise<void> {
    for (const { client } of this.#people.splice(0)) await client.close();
    await this.#server?.close();
  }

  async close(): Promise<void> {
    await this.#shut();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Starts again with posts of this channel moved back in time, by milliseconds for each seq. */
  async reopenWith(agoMs: (row: number, seq: number) => number): Promise<void> {
    await this.#shut();
    const database = new DatabaseSync(join(this.#directory, 'heliogram.db'));
    const rows = database.prepare('select id, sent_at from entries').all();
    const move = database.prepare('update entries set sent_at = ? where id = ?');
    for (const { id, sent_at } of rows) {
      const [row, seq] = [Math.floor(Number(id) / 2 ** 32), Number(id) % 2 ** 32];
      move.run(Number(sent_at) - agoMs(row, seq), Number(id));
    }
    database.close();
    await this.open();
  }

  async person(name: string, username = ''): Promise<Reporter> {
    const person = await newPerson(this.url, name);
    this.#people.push(person);
    if (username !== '') {
      await person.client.connection.call(AccountsService.method.setUsername, { username });
    }
    return new Reporter(person, this.url);
  }

  /** As the operator of the server. */
  admin<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
  ) {
    return operate(this.#directory, { method, request });
  }

  takeDown(channel: string, seq = 0): Promise<unknown> {
    const reason = 'against the house rules';
    return this.admin(AdminService.method.takeDown, { channel, seq, reason });
  }
}

export class Reporter {
  readonly person: Person;
  readonly #url: string;

  constructor(person: Person, url: string) {
    this.person = person;
    this.#url = url;
  }

  get call() {
    return this.person.client.connection.call;
  }

  async channel(
    request: MessageInitShape<typeof ChannelsService.method.createChannel.input>,
  ): Promise<string> {
    const { channel } = await this.call(ChannelsService.method.createChannel, request);
    return channel?.conversationId ?? '';
  }

  /** Posts in order; answers the seqs. */
  async post(
    conversationId: string,
    ...drafts: readonly (string | PostDraft)[]
  ): Promise<number[]> {
    const posts = drafts.map((draft) => (typeof draft === 'string' ? { text: draft } : draft));
    const sent = await this.person.client.posts.send({ conversationId }, posts);
    const posted = await Promise.all(sent.map((each) => each.posted));
    return posted.map(({ seq }) => seq);
  }

  async upload(
    bytes: Uint8Array,
    file: { readonly name: string; readonly mediaType: string; readonly shape: MediaShape },
  ): Promise<Attachment & { readonly mediaId: string }> {
    const { call } = this;
    const { records } = createMemoryStore();
    const source = {
      size: bytes.byteLength,
      read: async (at: number, length: number) => bytes.slice(at, at + length),
    };
    const context = { call, origin: this.#url, records, platform: nodePlatform };
    const media = await uploadMedia(context, { ...file, source, resumeKey: crypto.randomUUID() });
    return { ...attachmentOf(media), mediaId: media.mediaId };
  }

  photo(drawing: string, [width, height]: readonly [number, number] = [1_200, 900]) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 90" width="${width}" height="${height}" preserveAspectRatio="xMidYMid slice">${drawing}</svg>`;
    const file = { name: 'photo.jpg', mediaType: 'image/jpeg', shape: MediaShape.PHOTO };
    return sharp(Buffer.from(svg))
      .jpeg({ quality: 82 })
      .toBuffer()
      .then((bytes) => this.upload(bytes, file));
  }
}

/** A hill under a sun, in as many lights as wanted. */
export function hill(hue: number, sun = 30): string {
  return `<defs><linearGradient id="s" x2="0" y2="1"><stop offset="0" stop-color="hsl(${hue} 60% 72%)"/><stop offset="1" stop-color="hsl(${hue + 30} 80% 90%)"/></linearGradient></defs><rect width="120" height="90" fill="url(#s)"/><circle cx="${sun + 30}" cy="${sun}" r="9" fill="hsl(45 95% 78%)"/><path d="M0 62Q30 38 62 58T120 46V90H0z" fill="hsl(${hue + 80} 28% 42%)"/><path d="M0 74Q40 56 78 72T120 66V90H0z" fill="hsl(${hue + 90} 32% 30%)"/><path d="M70 60v14M66 74h8" stroke="#3a2f1a" stroke-width="1.2"/><circle cx="70" cy="57" r="4" fill="#fff3cf" stroke="#b7791f"/>`;
}
