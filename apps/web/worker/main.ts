import { createMemoryStore, type DeviceKeys } from '@heliogram/client';
import { browserPlatform } from '@heliogram/client/browser';
import type { ToWindow, ToWorker } from '../bridge/messages.ts';
import { Hub } from './hub/hub.ts';
import type { KeptUpload } from './publishing/uploads.ts';
import { openRooms } from './rooms.ts';
import { Session } from './session/session.ts';
import { IndexedShelf } from './shelf/indexed-shelf.ts';

const clientName = 'heliogram-web/0.1.0';

declare const self: DedicatedWorkerGlobalScope;

const hub = new Hub();
self.onmessage = ({ data }: MessageEvent<ToWorker>) =>
  hub.receive('own', data, (message: ToWindow) => self.postMessage(message));

const keys = new IndexedShelf<DeviceKeys>('heliogram-keys');
const keyKeeper = {
  read: () => keys.get('device'),
  write: (device: DeviceKeys) => keys.put('device', device),
  erase: () => keys.delete('device'),
};
const files = new IndexedShelf<KeptUpload>('heliogram-files');
const session = new Session({
  origin: self.location.origin,
  platform: browserPlatform,
  store: createMemoryStore(),
  keyKeeper,
  clientName,
  moved: (house) => hub.setHandlers(openRooms(house, { session, keyKeeper, clientName, files })),
});
await session.start();
