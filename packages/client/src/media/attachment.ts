import { type Attachment, mediaUri } from '@heliogram/content';
import { type Media, MediaShape } from '@heliogram/protocol';

/** Media as a post carries it: named by its id, held against the hash that the server found. */
export function attachmentOf(media: Media): Attachment {
  const { mediaId, name, mediaType, size, contentHash, width, height, blur } = media;
  return {
    name,
    mediaType,
    size,
    url: mediaUri(mediaId),
    contentHash,
    showAs: shownAs(media),
    ...(width > 0 && { width }),
    ...(height > 0 && { height }),
    ...(blur !== '' && { blur }),
  };
}

function shownAs({ shape, mediaType }: Media): Attachment['showAs'] {
  if (shape === MediaShape.PHOTO && mediaType.startsWith('image/')) return 'photo';
  if (shape === MediaShape.VIDEO && mediaType.startsWith('video/')) return 'video';
  if (shape === MediaShape.AUDIO && mediaType.startsWith('audio/')) return 'audio';
  return 'file';
}
