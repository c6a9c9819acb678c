import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeMessage, exportGroupInfo } from '../src/index.ts';
import { followGroup, receivePublicProposal, verifyPublicCommit } from '../src/public/index.ts';
import { checkCases } from './checks/all-cases.ts';
import { refusalOf } from './checks/case.ts';
import { onHearing } from './checks/forge.ts';
import type { Client } from './members.ts';

/** What a delivery service cannot see: these it lets pass, and members refuse. */
const beyondThePublic: readonly string[] = [
  'public-membership-tag',
  'commit-confirmation-tag',
  'commit-path-secret',
  'psk-known',
];

/** About the member that hears rather than the message; or a proposal that waits, not a commit. */
const notOfTheMessage: readonly string[] = ['message-not-own', 'proposal-pending-count'];

/** A delivery service at the receiver's epoch, and its verdict. */
async function publicVerdict(client: Client, message: Uint8Array): Promise<string> {
  const decoded = decodeMessage(message);
  if (decoded.kind !== 'public') return 'encrypted';
  const info = decodeMessage(await exportGroupInfo(client.env, client.state));
  assert.ok(info.kind === 'group_info');
  const group = await followGroup(client.env, info.groupInfo);
  const { body } = decoded.message.authenticated.content;
  const see = body.kind === 'proposal' ? receivePublicProposal : verifyPublicCommit;
  return refusalOf(() => see(client.env, group, decoded));
}

/** By the name of the check; those whose attack is not a public message are left out. */
async function verdictsOnAttacks(): Promise<Record<string, string>> {
  const verdicts: Record<string, string> = {};
  for (const [name, run] of Object.entries(checkCases)) {
    onHearing.tell = async (client, message) => {
      verdicts[name] = await publicVerdict(client, message);
    };
    await refusalOf(run);
  }
  onHearing.tell = undefined;
  return verdicts;
}

test('a delivery service refuses by name every public attack that shows without secrets', async () => {
  const verdicts = Object.entries(await verdictsOnAttacks()).filter(
    ([name, verdict]) => verdict !== 'encrypted' && !notOfTheMessage.includes(name),
  );
  assert.ok(verdicts.length > 50, `${verdicts.length} attacks are public`);
  for (const [name, verdict] of verdicts) {
    assert.equal(verdict, beyondThePublic.includes(name) ? 'accepted' : name, name);
  }
});
