import { uploadMedia } from '@heliogram/client';
import { MediaShape } from '@heliogram/protocol';
import type { House } from '../session/house.ts';
import { blobSource } from './blob-source.ts';

/** Uploads a picture of an account or channel; answers its media id. */
export async function uploadPicture(house: House, picture: Blob): Promise<string> {
  const { client, origin, platform, store } = house;
  const media = await uploadMedia(
    { call: client.connection.call, origin, records: store.records, platform },
    {
      source: blobSource(picture),
      name: 'picture',
      mediaType: picture.type,
      shape: MediaShape.PHOTO,
      resumeKey: `picture ${crypto.randomUUID()}`,
    },
  );
  return media.mediaId;
}
