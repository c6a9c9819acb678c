import { decode, malformed, type Reader } from '../codec/reader.ts';
import { build, type Writer } from '../codec/writer.ts';
import { decodeGroupInfo, encodeGroupInfo, type GroupInfo } from '../group/group-info.ts';
import { decodeWelcome, encodeWelcome, type Welcome } from '../group/welcome-message.ts';
import { decodeKeyPackage, encodeKeyPackage, type KeyPackage } from '../key-package/key-package.ts';
import { type Limits, limitsWith } from '../limits.ts';
import { protocolVersion } from '../protocol-version.ts';
import { wireFormat } from './content.ts';
import {
  decodePrivateMessage,
  encodePrivateMessage,
  type PrivateMessage,
} from './private-message.ts';
import { decodePublicMessage, encodePublicMessage, type PublicMessage } from './public-message.ts';

/** MLSMessage (RFC 9420 section 6): well formed, and nothing else is known about it. */
export type ReceivedMessage =
  | { readonly kind: 'public'; readonly message: PublicMessage }
  | { readonly kind: 'private'; readonly message: PrivateMessage }
  | { readonly kind: 'welcome'; readonly welcome: Welcome }
  | { readonly kind: 'group_info'; readonly groupInfo: GroupInfo }
  | { readonly kind: 'key_package'; readonly keyPackage: KeyPackage };

/**
 * Decodes a message of at most `limits.maxMessageBytes`. The input is copied.
 * @throws ValidationError `malformed`.
 */
export function decodeMessage(
  bytes: Uint8Array,
  limits: Pick<Limits, 'maxMessageBytes'> = limitsWith(),
): ReceivedMessage {
  if (bytes.length > limits.maxMessageBytes) throw malformed('a message exceeds the size limit');
  return decode(bytes.slice(), decodeAnyMessage);
}

export function encodeMessage(message: ReceivedMessage): Uint8Array {
  return build((writer) => {
    writer.u16(protocolVersion);
    encodeAnyMessage(writer, message);
  });
}

function decodeAnyMessage(reader: Reader): ReceivedMessage {
  if (reader.u16() !== protocolVersion) throw malformed('a message is of an unknown version');
  const format = reader.u16();
  switch (format) {
    case wireFormat.publicMessage:
      return { kind: 'public', message: decodePublicMessage(reader) };
    case wireFormat.privateMessage:
      return { kind: 'private', message: decodePrivateMessage(reader) };
    case wireFormat.welcome:
      return { kind: 'welcome', welcome: decodeWelcome(reader) };
    case wireFormat.groupInfo:
      return { kind: 'group_info', groupInfo: decodeGroupInfo(reader) };
    case wireFormat.keyPackage:
      return { kind: 'key_package', keyPackage: decodeKeyPackage(reader) };
    default:
      throw malformed('a message has an unknown wire format');
  }
}

function encodeAnyMessage(writer: Writer, message: ReceivedMessage): void {
  switch (message.kind) {
    case 'public':
      return encodePublicMessage(writer.u16(wireFormat.publicMessage), message.message);
    case 'private':
      return encodePrivateMessage(writer.u16(wireFormat.privateMessage), message.message);
    case 'welcome':
      return encodeWelcome(writer.u16(wireFormat.welcome), message.welcome);
    case 'group_info':
      return encodeGroupInfo(writer.u16(wireFormat.groupInfo), message.groupInfo);
    case 'key_package':
      return encodeKeyPackage(writer.u16(wireFormat.keyPackage), message.keyPackage);
  }
}
