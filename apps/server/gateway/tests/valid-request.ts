import {
  create,
  type DescField,
  type DescMessage,
  getOption,
  type Message,
  ScalarType,
} from '@bufbuild/protobuf';
import {
  type FieldRules,
  limits as limitsOption,
} from '../../../../packages/protocol/src/gen/heliogram/v1/rules_pb.ts';

type Init = Record<string, unknown>;

export const rulesOf = (field: DescField): FieldRules => getOption(field, limitsOption);

/** The smallest request that the contract admits, worked out from its rules. */
export function validRequest(descriptor: DescMessage, changes: Init = {}): Message {
  return create(descriptor, { ...smallest(descriptor), ...changes });
}

function smallest(descriptor: DescMessage): Init {
  const required = descriptor.fields.filter((field) => rulesOf(field).required);
  return Object.fromEntries(required.map((field) => [field.localName, smallestValue(field)]));
}

function smallestValue(field: DescField): unknown {
  if (field.fieldKind === 'list') {
    const item = field.listKind === 'message' ? smallest(field.message) : scalarValue(field);
    return [item];
  }
  if (field.fieldKind === 'message') return smallest(field.message);
  return scalarValue(field);
}

export function scalarValue(field: DescField): unknown {
  const { hexBytes, minBytes } = rulesOf(field);
  if (hexBytes > 0) return '0'.repeat(hexBytes * 2);
  if (holdsBytes(field)) return new Uint8Array(Math.max(1, minBytes)).fill(1);
  return holdsText(field) ? 'x'.repeat(Math.max(1, minBytes)) : 1;
}

export const holdsText = (field: DescField): boolean =>
  'scalar' in field && field.scalar === ScalarType.STRING;
const holdsBytes = (field: DescField): boolean =>
  'scalar' in field && field.scalar === ScalarType.BYTES;
