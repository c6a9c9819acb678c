/** Paths of media on the server's origin, by media id, or by the hash that older posts carry. */
export function mediaPath(name: string): string {
  return `/media/${name}`;
}

export function thumbnailPath(name: string): string {
  return `/media/${name}/thumbnail`;
}

/** `{ avatarUrl }` of what has a picture. */
export function avatarOf({ avatarMediaId }: { readonly avatarMediaId: string }) {
  return avatarMediaId === '' ? {} : { avatarUrl: thumbnailPath(avatarMediaId) };
}
