import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, createMemoryStore, type DeviceKeys, signUp } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { ChannelsService } from '@heliogram/protocol';

export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'heliogram-bench-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A signed-up account with its own connection, as any program would make one with the SDK. */
export async function newPublisher(port: number): Promise<Client> {
  const origin = `http://127.0.0.1:${port}`;
  let keys: DeviceKeys | undefined;
  const guest = new Connection({
    origin,
    platform: nodePlatform,
    clientName: 'bench',
    maxFailures: 1,
  });
  await signUp({
    call: guest.call,
    origin,
    platform: nodePlatform,
    deviceName: 'bench',
    name: 'Bench',
    keep: async (made) => {
      keys = made;
    },
  });
  guest.close();
  if (!keys) throw new Error('the sign-up kept no keys');
  return new Client({
    origin,
    device: keys,
    platform: nodePlatform,
    store: createMemoryStore(),
    clientName: 'bench',
    persistence: 'keep-trying',
  });
}

export async function newChannel(publisher: Client, username: string): Promise<string> {
  const { channel } = await publisher.connection.call(ChannelsService.method.createChannel, {
    title: `Bench ${username}`,
    username,
  });
  if (!channel) throw new Error('no channel was created');
  return channel.conversationId;
}

/** 300 bytes of text, near the size of a real post. */
export const postText = 'A post of about three hundred bytes, as people write them in channels. '
  .repeat(5)
  .slice(0, 300);
