/** Everything in the files of a pool, as they lie in OPFS. The pool must be closed. */
async function* filesOf(name: string): AsyncGenerator<FileSystemFileHandle> {
  const root = await navigator.storage.getDirectory();
  const pool = await root.getDirectoryHandle(name);
  const opaque = await pool.getDirectoryHandle('.opaque');
  for await (const handle of opaque.values()) {
    if (handle instanceof FileSystemFileHandle) yield handle;
  }
}

/** Overwrites the middle of every file that holds a database. */
export async function breakFiles(name: string): Promise<number> {
  let broken = 0;
  for await (const file of filesOf(name)) {
    const access = await file.createSyncAccessHandle();
    const size = access.getSize();
    if (size > 8_192) {
      // After the pool's own header of a sector comes the database.
      access.write(new Uint8Array(size - 4_096).fill(0xa5), { at: 4_096 });
      broken++;
    }
    access.flush();
    access.close();
  }
  return broken;
}

/** Which of the words stand in any file of the pool. */
export async function tracesOf(name: string, words: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for await (const file of filesOf(name)) {
    const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
    texts.push(new TextDecoder('latin1').decode(bytes));
  }
  return words.filter((word) => texts.some((text) => text.includes(word)));
}
