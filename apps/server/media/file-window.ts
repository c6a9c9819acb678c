import type { FileHandle } from 'node:fs/promises';

/** A file as parsers of containers see it: any range, read exactly or not at all. */
export class FileWindow {
  readonly size: number;
  readonly #file: FileHandle;

  readonly #mayWrite: boolean;

  /** With `read` nothing is written. */
  constructor(file: FileHandle, size: number, access: 'read' | 'write') {
    this.#mayWrite = access === 'write';
    this.#file = file;
    this.size = size;
  }

  /** Undefined where the file ends before. */
  async read(offset: number, length: number): Promise<Buffer | undefined> {
    if (offset < 0 || length < 0 || offset + length > this.size) return undefined;
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, offset);
    return bytesRead === length ? bytes : undefined;
  }

  async write(offset: number, bytes: Uint8Array): Promise<void> {
    if (this.#mayWrite) await this.#file.write(bytes, 0, bytes.byteLength, offset);
  }

  async zero(offset: number, length: number): Promise<void> {
    for (let done = 0; this.#mayWrite && done < length; done += ZEROS.byteLength) {
      const part = Math.min(ZEROS.byteLength, length - done);
      await this.#file.write(ZEROS, 0, part, offset + done);
    }
  }
}

const ZEROS = new Uint8Array(65_536);
