import {
  Client,
  type ClientStore,
  Connection,
  createMemoryStore,
  type DeviceKeys,
  type SignedUp,
  signUp,
} from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import { ChannelsService } from '@heliogram/protocol';

export type Person = SignedUp & { readonly client: Client; readonly keys: DeviceKeys };

/** A signed-up device of the SDK, over real sockets. */
export async function newPerson(
  origin: string,
  name: string,
  store: ClientStore = createMemoryStore(),
): Promise<Person> {
  const kept: DeviceKeys[] = [];
  const connection = new Connection({ origin, platform: nodePlatform, clientName: 'test' });
  const signedUp = await signUp({
    call: connection.call,
    origin,
    platform: nodePlatform,
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
    platform: nodePlatform,
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
