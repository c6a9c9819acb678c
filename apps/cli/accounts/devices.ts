import { listDevices, revokeDevice } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { deviceId as parseDeviceId } from '@heliogram/protocol';
import type { CommandContext } from '../arguments/command.ts';
import { isoTime, shortTime } from '../output/output.ts';
import { printable } from '../output/terminal-text.ts';
import { withSession } from '../session/session.ts';

export async function devicesCommand(context: CommandContext): Promise<void> {
  const { devices, own } = await withSession(context, async ({ call, client, device }) => ({
    devices: await listDevices({ call, records: client.records }, device.accountId),
    own: device.deviceId,
  }));
  context.out.list(devices, {
    json: ({ deviceId, name, createdAt, revoked }) => ({
      deviceId,
      name,
      createdAt: isoTime(createdAt),
      current: deviceId === own,
      revoked,
    }),
    columns: [
      { title: 'DEVICE', text: ({ deviceId }) => deviceId },
      { title: 'NAME', text: ({ name }) => printable(name), shrinks: true },
      { title: 'SINCE', text: ({ createdAt }) => shortTime(createdAt) },
      {
        title: '',
        text: ({ deviceId, revoked }) =>
          [deviceId === own && 'this one', revoked && 'revoked'].filter(Boolean).join(', '),
      },
    ],
    empty: 'No devices.',
  });
}

export async function deviceRevokeCommand(context: CommandContext): Promise<void> {
  const deviceId = parseDeviceId(context.args.word('ID'));
  await withSession(context, async ({ call, client, device }) => {
    const keys = {
      ...device,
      signatureSeed: Buffer.from(device.signatureSeed, 'hex'),
      secrets: Uint8Array.from(Buffer.from(device.secrets, 'hex')),
    };
    const devices = { call, records: client.records, platform: nodePlatform };
    await revokeDevice(devices, keys, deviceId);
  });
  context.out.done('Revoked: the device is cut off.');
}
