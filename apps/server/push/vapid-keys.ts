import { createECDH } from 'node:crypto';
import type { Storage } from '../storage/port.ts';

/** The server's own key pair towards push services (RFC 8292), as Web Push writes keys: base64url. */
export type VapidKeys = { readonly publicKey: string; readonly privateKey: string };

const SETTING = 'vapid-private-key';
const CURVE = 'prime256v1';

/** Made once for a data directory, and kept: with another key every subscription would be void. */
export async function vapidKeys(storage: Storage): Promise<VapidKeys> {
  const fresh = createECDH(CURVE);
  fresh.generateKeys();
  const value = padded(fresh.getPrivateKey()).toString('base64url');
  const kept = await storage.transaction(async (database) => {
    await database
      .insertInto('settings')
      .values({ key: SETTING, value })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return database
      .selectFrom('settings')
      .select('value')
      .where('key', '=', SETTING)
      .executeTakeFirstOrThrow();
  });
  const pair = createECDH(CURVE);
  pair.setPrivateKey(Buffer.from(kept.value, 'base64url'));
  return { privateKey: kept.value, publicKey: pair.getPublicKey('base64url') };
}

/** OpenSSL drops leading zeros; Web Push wants all 32 bytes. */
function padded(key: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(32 - key.byteLength), key]);
}
