import type { Reader } from '../codec/reader.ts';
import { build, type Writer } from '../codec/writer.ts';
import { type ContentType, decodeContentType } from './content.ts';

/** PrivateMessage (RFC 9420 section 6.3), as it travels. */
export interface PrivateMessage {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  readonly contentType: ContentType;
  readonly authenticatedData: Uint8Array;
  readonly encryptedSenderData: Uint8Array;
  readonly ciphertext: Uint8Array;
}

export function encodePrivateMessage(writer: Writer, message: PrivateMessage): void {
  writer.vector(message.groupId).u64(message.epoch).u8(message.contentType);
  writer.vector(message.authenticatedData).vector(message.encryptedSenderData);
  writer.vector(message.ciphertext);
}

export function decodePrivateMessage(reader: Reader): PrivateMessage {
  return {
    groupId: reader.vector(),
    epoch: reader.u64(),
    contentType: decodeContentType(reader),
    authenticatedData: reader.vector(),
    encryptedSenderData: reader.vector(),
    ciphertext: reader.vector(),
  };
}

type Header = Pick<PrivateMessage, 'groupId' | 'epoch' | 'contentType' | 'authenticatedData'>;

/** PrivateContentAAD (section 6.3.1). */
export function privateContentAad(header: Header): Uint8Array {
  return build((writer) => {
    writer.vector(header.groupId).u64(header.epoch).u8(header.contentType);
    writer.vector(header.authenticatedData);
  });
}

/** SenderDataAAD (section 6.3.2). */
export function senderDataAad(header: Header): Uint8Array {
  return build((writer) => {
    writer.vector(header.groupId).u64(header.epoch).u8(header.contentType);
  });
}
