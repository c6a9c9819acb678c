import { create, toBinary } from '@bufbuild/protobuf';
import { EntryKind, type Note, NoteSchema } from '@heliogram/protocol';
import type { Conversation } from '../conversations/policy.ts';
import { newAppendId } from './append-ids.ts';
import type { Room } from './room.ts';

/** Writes the system's own words into the channel's log; they name nobody and notify nobody. */
export async function appendNote(
  room: Room,
  conversation: Conversation,
  what: Note['what'],
): Promise<void> {
  const payload = toBinary(NoteSchema, create(NoteSchema, { what }));
  await room.log.append(conversation, [
    {
      kind: EntryKind.NOTE,
      author: null,
      appendId: newAppendId(room.runtime),
      payload,
      silent: true,
      signed: false,
      targetSeq: 0,
    },
  ]);
}
