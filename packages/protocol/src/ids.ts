import { ValidationError } from './errors.ts';

declare const brand: unique symbol;
type Branded<B extends string> = string & { readonly [brand]: B };

/** SHA-256 of an account's identity key: 32 bytes as 64 lower-case hex digits. */
export type AccountId = Branded<'AccountId'>;
/** 16 bytes as 32 lower-case hex digits. */
export type DeviceId = Branded<'DeviceId'>;
/** 16 random bytes as 32 lower-case hex digits. */
export type ConversationId = Branded<'ConversationId'>;
/** 16 random bytes as 32 lower-case hex digits. */
export type MediaId = Branded<'MediaId'>;
/** 5–32 of a–z 0–9 _, without the @. One namespace for accounts and channels. */
export type Username = Branded<'Username'>;

const HEX_16 = /^[0-9a-f]{32}$/;
const HEX_32 = /^[0-9a-f]{64}$/;
const USERNAME = /^[a-z0-9_]{5,32}$/;

export const isAccountId = (value: string): value is AccountId => HEX_32.test(value);
export const isDeviceId = (value: string): value is DeviceId => HEX_16.test(value);
export const isConversationId = (value: string): value is ConversationId => HEX_16.test(value);
export const isMediaId = (value: string): value is MediaId => HEX_16.test(value);
export const isUsername = (value: string): value is Username => USERNAME.test(value);

function parser<T extends string>(is: (value: string) => value is T, what: string) {
  return (value: string): T => {
    if (is(value)) return value;
    throw new ValidationError('invalid_argument', `not ${what}`);
  };
}

/** Each throws `invalid_argument` on anything else. */
export const accountId = parser(isAccountId, 'an account id: 64 lower-case hex digits');
export const deviceId = parser(isDeviceId, 'a device id: 32 lower-case hex digits');
export const conversationId = parser(
  isConversationId,
  'a conversation id: 32 lower-case hex digits',
);
export const mediaId = parser(isMediaId, 'a media id: 32 lower-case hex digits');

/** Accepts a leading @ and upper case, as people type them; throws `username_invalid`. */
export function username(value: string): Username {
  const name = value.replace(/^@/, '').toLowerCase();
  if (isUsername(name)) return name;
  throw new ValidationError(
    'username_invalid',
    'a username needs 5 to 32 characters: a–z, 0–9 and underscores',
  );
}
