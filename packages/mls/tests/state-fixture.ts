import assert from 'node:assert/strict';
import { decodeMessage, exportGroupInfo } from '../src/index.ts';
import { followGroup, type PublicGroup } from '../src/public/index.ts';
import type { Client } from './members.ts';

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function unhex(text: unknown): Uint8Array {
  assert.ok(typeof text === 'string');
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** The group of a client as a delivery service begins to follow it. */
export async function groupInfoOf(client: Client): Promise<PublicGroup> {
  const received = decodeMessage(await exportGroupInfo(client.env, client.state));
  assert.ok(received.kind === 'group_info');
  return followGroup(client.env, received.groupInfo);
}
