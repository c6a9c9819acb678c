import {
  Client,
  type ClientStore,
  Connection,
  createMemoryStore,
  type DeviceKeys,
  type Platform,
  type SignedUp,
  signUp,
} from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { ChannelsService } from '@heliogram/protocol';

export type Person = SignedUp & { readonly client: Client; readonly keys: DeviceKeys };

type PersonOptions = { readonly store?: ClientStore; readonly platform?: Platform };

/** A signed-up device of the SDK, over real sockets. */
export async function newPerson(
  origin: string,
  name: string,
  { store = createMemoryStore(), platform = nodePlatform }: PersonOptions = {},
): Promise<Person> {
  const kept: DeviceKeys[] = [];
  const connection = new Connection({ origin, platform, clientName: 'test' });
  const signedUp = await signUp({
    call: connection.call,
    origin,
    platform,
    deviceName: 'test',
    name,
    keep: async (keys) => void kept.push(keys),
  });
  connection.close();
  const [keys] = kept;
  if (!keys) throw new Error('sign-up kept no keys');
  const client = new Client({
    origin,
    device: keys,
    platform,
    store,
    clientName: 'test',
    persistence: 'keep-trying',
  });
  return { ...signedUp, client, keys };
}

/** A listed channel of the person; answers its conversation id. */
export async function newChannel({ client }: Person, username: string): Promise<string> {
  const request = { title: username, username };
  const { channel } = await client.connection.call(ChannelsService.method.createChannel, request);
  if (!channel) throw new Error('no channel was made');
  return channel.conversationId;
}
