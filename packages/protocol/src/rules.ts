import type { Message } from '@bufbuild/protobuf';
import {
  type DescField,
  type DescMessage,
  type DescMethod,
  getOption,
  hasOption,
} from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import { InternalError, ValidationError } from './errors.ts';
import {
  Auth,
  type FieldRules,
  limits as limitsOption,
  type MethodRules,
  rules as rulesOption,
} from './gen/heliogram/v1/rules_pb.ts';

const HEX = /^[0-9a-f]*$/;

/** The rules that the contract declares for a method. Throws `internal` on a method without them. */
export function methodRules(method: DescMethod): MethodRules {
  const rules = hasOption(method, rulesOption) ? getOption(method, rulesOption) : undefined;
  if (!rules || rules.auth === Auth.UNSPECIFIED || rules.maxRequestBytes === 0) {
    throw new InternalError(`${method.parent.typeName}/${method.name} declares no rules`);
  }
  return rules;
}

type FieldCheck = (message: ReflectMessage) => void;

/** Checks per message type, worked out once from the descriptor. */
const compiled = new Map<string, readonly FieldCheck[]>();

/**
 * Holds a decoded request against the field limits that the contract declares, nested messages too.
 * Throws `invalid_argument` (or `too_large`) naming the field by its path.
 */
export function checkLimits(descriptor: DescMessage, message: Message): void {
  run(reflect(descriptor, message, false));
}

function run(message: ReflectMessage): void {
  let checks = compiled.get(message.desc.typeName);
  if (!checks) {
    checks = message.desc.fields.flatMap(compileField);
    compiled.set(message.desc.typeName, checks);
  }
  for (const check of checks) check(message);
}

function compileField(field: DescField): readonly FieldCheck[] {
  const rules = hasOption(field, limitsOption) ? getOption(field, limitsOption) : undefined;
  const checks: FieldCheck[] = [];
  if (rules?.required) checks.push((message) => requirePresent(field, message));
  if (field.fieldKind === 'list') checks.push((message) => checkList(field, message, rules));
  else if (field.fieldKind === 'message') {
    checks.push((message) => {
      if (message.isSet(field)) run(message.get(field));
    });
  } else if (rules) checks.push((message) => checkValue(field, message.get(field), rules));
  return checks;
}

function requirePresent(field: DescField, message: ReflectMessage): void {
  if (!message.isSet(field))
    throw new ValidationError('invalid_argument', `${field.name} is required`);
}

function checkList(
  field: DescField & { fieldKind: 'list' },
  message: ReflectMessage,
  rules: FieldRules | undefined,
): void {
  const list = message.get(field);
  if (rules && rules.maxItems > 0 && list.size > rules.maxItems) {
    throw new ValidationError('too_large', `${field.name} holds more than ${rules.maxItems} items`);
  }
  for (const item of list) {
    if (field.listKind === 'message') run(item as ReflectMessage);
    else if (rules) checkValue(field, item, rules);
  }
}

function checkValue(field: DescField, value: unknown, rules: FieldRules): void {
  if (typeof value === 'number') checkNumber(field, value, rules);
  else if (typeof value === 'string') checkString(field, value, rules);
  else if (value instanceof Uint8Array) checkLength(field, value.byteLength, rules);
}

function checkNumber(field: DescField, value: number, rules: FieldRules): void {
  if (rules.maxValue > 0 && value > rules.maxValue) {
    throw new ValidationError('invalid_argument', `${field.name} is larger than ${rules.maxValue}`);
  }
}

function checkString(field: DescField, value: string, rules: FieldRules): void {
  if (
    rules.hexBytes > 0 &&
    value !== '' &&
    (value.length !== rules.hexBytes * 2 || !HEX.test(value))
  ) {
    throw new ValidationError(
      'invalid_argument',
      `${field.name} is not ${rules.hexBytes * 2} lower-case hex digits`,
    );
  }
  if (rules.maxBytes > 0 && value.length * 3 > rules.maxBytes)
    checkLength(field, utf8Length(value), rules);
}

function checkLength(field: DescField, length: number, rules: FieldRules): void {
  if (rules.maxBytes > 0 && length > rules.maxBytes) {
    throw new ValidationError('too_large', `${field.name} is longer than ${rules.maxBytes} bytes`);
  }
  if (length < rules.minBytes) {
    throw new ValidationError(
      'invalid_argument',
      `${field.name} is shorter than ${rules.minBytes} bytes`,
    );
  }
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    length += utf8Bytes(character.codePointAt(0) ?? 0);
  }
  return length;
}

function utf8Bytes(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
