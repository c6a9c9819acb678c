const headerBytes = 4;

/** A message as it stands in the simulated byte stream: its length, then itself. */
export function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(headerBytes + message.byteLength);
  new DataView(framed.buffer).setUint32(0, message.byteLength);
  framed.set(message, headerBytes);
  return framed;
}

/** Whole messages out of a byte stream; a broken-off tail stays inside. */
export class Unframer {
  #rest = new Uint8Array();

  push(chunk: Uint8Array): readonly Uint8Array[] {
    const bytes = new Uint8Array(this.#rest.byteLength + chunk.byteLength);
    bytes.set(this.#rest);
    bytes.set(chunk, this.#rest.byteLength);
    const messages: Uint8Array[] = [];
    let at = 0;
    while (bytes.byteLength - at >= headerBytes) {
      const end = at + headerBytes + new DataView(bytes.buffer).getUint32(at);
      if (end > bytes.byteLength) break;
      messages.push(bytes.slice(at + headerBytes, end));
      at = end;
    }
    this.#rest = bytes.slice(at);
    return messages;
  }
}
