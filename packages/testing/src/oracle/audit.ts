import { textOfPayload } from '@heliogram/client';
import { EntryKind } from '@heliogram/protocol';
import type { ReaderStream } from '../actors/reader-stream.ts';
import type { ChannelModel } from '../model/channel-model.ts';
import type { Intent } from '../model/intent.ts';
import type { World } from '../world/world.ts';
import { auditCounts } from './counts.ts';
import { readWholeLog, type WholeLog } from './whole-log.ts';

/** Holds everything that everybody was told against what is there now. All must be at rest. */
export async function audit(world: World): Promise<void> {
  await learnRefusals(world);
  for (const channel of world.channels) {
    const owner = world.actors.find(({ name }) => name === channel.owner);
    const client = owner?.device.client;
    if (!client) throw new Error('the owner is not at home');
    const reading = readWholeLog(client, channel.conversationId);
    const log = await world.finish(reading, 120_000, 'reading a whole log');
    const found = [
      ...auditOrder(log),
      ...auditIntents(world, channel, log),
      ...auditWriters(world, channel, log),
      ...auditAuthorsOrder(world, channel),
      ...auditReaders(world, channel, log),
      ...auditRedactions(channel, log),
      ...auditCounts(channel, log),
      ...auditFace(channel, log),
      ...auditRequests(world, channel, log),
    ];
    for (const sentence of found) world.violations.add(`${channel.conversationId}: ${sentence}`);
  }
  world.violations.raise();
}

/** What a device that died was never told, its store knows. */
async function learnRefusals(world: World): Promise<void> {
  for (const { name, device } of world.actors) {
    const open = [...world.intents.values()].filter(
      ({ author, state, kind }) => author === name && state === 'promised' && kind === 'post',
    );
    const items = await device.store.outbox.items(open.map(({ itemId }) => itemId ?? 0));
    const refused = items.filter(({ outcome }) => outcome?.kind === 'failed').map(({ id }) => id);
    for (const intent of open) if (refused.includes(intent.itemId ?? 0)) intent.state = 'refused';
  }
}

function* auditOrder({ entries, channel }: WholeLog): Iterable<string> {
  for (const [i, entry] of entries.entries()) {
    if (entry.seq !== i + 1) return yield `entry ${i + 1} of the log is numbered ${entry.seq}`;
  }
  if (channel.headSeq !== entries.length) {
    yield `the head is said to be ${channel.headSeq}, the log has ${entries.length}`;
  }
}

function* auditIntents(world: World, channel: ChannelModel, log: WholeLog): Iterable<string> {
  const places = placesByText(log);
  for (const intent of world.intents.values()) {
    if (intent.conversationId !== channel.conversationId) continue;
    const seqs = places.get(intent.text) ?? [];
    const fault = faultOf(intent, seqs, log);
    if (fault !== '') yield `${intent.kind} "${intent.text.slice(0, 40)}" ${fault}`;
    learnPlace(intent, seqs);
  }
}

/** What is wrong with how often, and where, an intent is in the log; empty when nothing is. */
function faultOf(intent: Intent, seqs: readonly number[], log: WholeLog): string {
  const { state, seq, kind, text } = intent;
  if (seqs.length > 1) return `is there ${seqs.length} times: ${seqs.join(', ')}`;
  if (state === 'acknowledged' && !seqs.includes(seq) && !isTombstone(intent, log)) {
    return `was acknowledged as ${seq} and is not there`;
  }
  const failed = kind === 'scheduled' && log.failedSchedules.has(text);
  if (state === 'promised' && seqs.length === 0 && !failed) return 'was promised and is not there';
  return '';
}

/** Whoever looks at the log knows where it stands, although he was never told. */
function learnPlace(intent: Intent, [seq]: readonly number[]): void {
  if (seq === undefined || intent.seq > 0) return;
  intent.seq = seq;
  if (intent.state === 'promised') intent.state = 'acknowledged';
}

function isTombstone({ kind, seq, targetSeq }: Intent, { entries }: WholeLog): boolean {
  const post = kind === 'edit' ? targetSeq : seq;
  return entries[post - 1]?.redacted === true;
}

/** Every text in the log was meant for it, by somebody who may have been allowed to write there. */
function* auditWriters(world: World, channel: ChannelModel, log: WholeLog): Iterable<string> {
  for (const [text, seqs] of placesByText(log)) {
    const intent = world.intents.get(text);
    if (intent?.conversationId !== channel.conversationId) {
      yield `nobody meant "${text.slice(0, 40)}" at ${seqs[0]}`;
    } else if (!channel.writing(intent.author).within(intent.askedAtMs, world.queue.nowMs)) {
      yield `${intent.author} wrote ${seqs[0]} without ever being allowed to`;
    }
  }
}

/** Where each text stands; texts that were redacted stand nowhere. */
function placesByText({ entries }: WholeLog): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const { seq, kind, payload } of entries) {
    if (kind === EntryKind.NOTE || payload.byteLength === 0) continue;
    const text = textOfPayload(payload);
    places.set(text, [...(places.get(text) ?? []), seq]);
  }
  return places;
}

/** What one device sent to one log stands there in the order in which the device kept it. */
function* auditAuthorsOrder(world: World, channel: ChannelModel): Iterable<string> {
  for (const { name } of world.actors) {
    const sent = [...world.intents.values()].filter(
      ({ author, conversationId, itemId, seq }) =>
        author === name &&
        conversationId === channel.conversationId &&
        itemId !== undefined &&
        seq > 0,
    );
    sent.sort((a, b) => (a.itemId ?? 0) - (b.itemId ?? 0));
    for (const [i, { seq }] of sent.entries()) {
      const before = sent[i - 1]?.seq ?? 0;
      if (seq <= before) yield `${name} sent what stands at ${seq} after what stands at ${before}`;
    }
  }
}

function* auditReaders(world: World, channel: ChannelModel, log: WholeLog): Iterable<string> {
  const readers = world.actors.map(
    (actor) => [actor.name, actor.streams.get(channel.conversationId)] as const,
  );
  const passing = world.passingStreams
    .filter(({ stream }) => stream.channel === channel)
    .map(({ stream }) => ['a passer-by', stream] as const);
  for (const [name, stream] of [...readers, ...passing]) {
    if (stream?.wanted) yield* auditReader(name, stream, log);
  }
}

function* auditReader(name: string, stream: ReaderStream, log: WholeLog): Iterable<string> {
  if (stream.isOpen && stream.lastSeq !== log.entries.length) {
    yield `${name} has ${stream.lastSeq} of ${log.entries.length} entries`;
  }
  for (const [seq, text] of stream.texts) {
    const payload = log.entries[seq - 1]?.payload;
    const now = payload && payload.byteLength > 0 ? textOfPayload(payload) : text;
    if (text !== '' && text !== now) yield `${name} got another text at ${seq} than is there now`;
  }
}

/** What the owner last said of the channel is what it says of itself. */
function* auditFace({ face }: ChannelModel, { channel }: WholeLog): Iterable<string> {
  if (!face) return;
  const { description, settings } = channel;
  if (description !== face.description) yield `it says "${description}" of itself`;
  if (settings?.forbidReactions !== face.forbidReactions) yield 'reactions are not as was set';
}

/** Exactly those wait to be let in who asked and were not answered. */
function* auditRequests(
  { actors }: World,
  { requests }: ChannelModel,
  { requesters }: WholeLog,
): Iterable<string> {
  const waiting = new Set(requesters);
  for (const { name, device } of actors) {
    const known = waiting.delete(device.accountId);
    if (known && !requests.has(name)) yield `${name} waits to be let in and does not want to`;
    if (!known && requests.has(name)) yield `${name} asked to be let in and nobody knows`;
  }
  if (waiting.size > 0) yield `${waiting.size} wait to be let in who are not there`;
}

function* auditRedactions({ redactions }: ChannelModel, log: WholeLog): Iterable<string> {
  for (const [seq, { acknowledged }] of redactions) {
    const entry = log.entries[seq - 1];
    if (acknowledged && entry?.redacted !== true) yield `${seq} was deleted and is there`;
  }
  for (const { seq, redacted, payload, kind } of log.entries) {
    if (redacted && kind === EntryKind.POST && !redactions.has(seq)) yield `nobody deleted ${seq}`;
    if (redacted && payload.byteLength > 0) yield `${seq} is deleted and shows its text`;
  }
}
