import {
  type DeviceKeys,
  listOwnDevices,
  renameDevice,
  revokeDevice,
  revokeOtherDevices,
} from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { deviceId as parseDeviceId } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { isoTime, shortTime } from '../output/output.ts';
import { counted, printable } from '../output/terminal-text.ts';
import { type Session, withSession } from '../session/session.ts';

export async function devicesCommand(context: CommandContext): Promise<void> {
  const { devices, own } = await withSession(context, async ({ call, client, device }) => ({
    devices: await listOwnDevices({ call, records: client.records }, device.accountId),
    own: device.deviceId,
  }));
  context.out.list(devices, {
    json: ({ deviceId, name, addedAt, lastActiveAt }) => ({
      deviceId,
      name,
      addedAt: isoTime(addedAt),
      ...(lastActiveAt !== undefined && { lastActiveAt: isoTime(lastActiveAt) }),
      current: deviceId === own,
    }),
    columns: [
      { title: 'DEVICE', text: ({ deviceId }) => deviceId },
      { title: 'NAME', text: ({ name }) => printable(name), shrinks: true },
      { title: 'ADDED', text: ({ addedAt }) => shortTime(addedAt) },
      {
        title: 'LAST ACTIVE',
        text: ({ lastActiveAt }) => (lastActiveAt === undefined ? '' : shortTime(lastActiveAt)),
      },
      { title: '', text: ({ deviceId }) => (deviceId === own ? 'this one' : '') },
    ],
    empty: 'No devices.',
  });
}

export async function deviceRevokeCommand(context: CommandContext): Promise<void> {
  const deviceId = parseDeviceId(context.args.word('ID'));
  await withSession(context, (session) =>
    revokeDevice(revokingOf(session), keysOf(session), deviceId),
  );
  context.out.done('Device signed out and removed.');
}

export async function deviceRevokeOthersCommand(context: CommandContext): Promise<void> {
  const revoked = await withSession(context, (session) =>
    revokeOtherDevices(revokingOf(session), keysOf(session)),
  );
  context.out.result(
    { ok: true, revoked },
    () => `Signed out ${counted(revoked, 'other device')}.`,
  );
}

export async function deviceRenameCommand(context: CommandContext): Promise<void> {
  const deviceId = parseDeviceId(context.args.word('ID'));
  const wanted = context.args.word('NAME');
  const name = await withSession(context, ({ call, client, device: { accountId } }) =>
    renameDevice({ call, records: client.records, accountId }, { deviceId, name: wanted }),
  );
  context.out.result({ deviceId, name }, () => `Renamed to ${printable(name)}.`);
}

function revokingOf({ call, client }: Session) {
  return { call, records: client.records, platform: nodePlatform };
}

function keysOf({ device }: Session): DeviceKeys {
  return {
    ...device,
    signatureSeed: Buffer.from(device.signatureSeed, 'hex'),
    secrets: Uint8Array.from(Buffer.from(device.secrets, 'hex')),
  };
}
