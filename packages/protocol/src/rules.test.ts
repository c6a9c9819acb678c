import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  create,
  type DescField,
  type DescMessage,
  getOption,
  hasOption,
  toBinary,
} from '@bufbuild/protobuf';
import {
  AuthSchema,
  limits as limitsOption,
  RateClassSchema,
} from './gen/heliogram/v1/rules_pb.ts';
import {
  AccountsService,
  AdminService,
  AppendRequestSchema,
  ChannelsService,
  GetChannelRequestSchema,
  LogService,
  MediaService,
  methodRules,
  OwnStateService,
  PushService,
  ReadRequestSchema,
  SearchPostsRequestSchema,
  ServerService,
  SignInRequestSchema,
  UpdateProfileRequestSchema,
} from './index.ts';
import { checkLimits } from './rules.ts';

const services = [
  AccountsService,
  AdminService,
  ChannelsService,
  LogService,
  MediaService,
  OwnStateService,
  PushService,
  ServerService,
];
const snapshot = new URL('./contract-rules.snapshot.json', import.meta.url);

/** What breaking-change checks of the contract do not see: the options of methods and fields. */
function declaredRules(): Record<string, unknown> {
  const rules: Record<string, unknown> = {};
  for (const service of services) {
    for (const method of service.methods) {
      const { auth, rate, maxRequestBytes, connection } = methodRules(method);
      rules[`${service.name}/${method.name}`] = {
        auth: AuthSchema.value[auth]?.name,
        rate: RateClassSchema.value[rate]?.name,
        maxRequestBytes,
        connection,
        fields: declaredFields(method.input),
      };
    }
  }
  return rules;
}

function declaredFields(message: DescMessage): Record<string, unknown> {
  return Object.fromEntries(
    message.fields
      .filter((field) => hasOption(field, limitsOption))
      .map((field) => [field.name, limitsOf(field)]),
  );
}

function limitsOf(field: DescField): Record<string, unknown> {
  const { maxBytes, minBytes, maxItems, hexBytes, required, maxValue } = getOption(
    field,
    limitsOption,
  );
  const all = { maxBytes, minBytes, maxItems, hexBytes, required, maxValue };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== 0 && value !== false),
  );
}

// A deliberate change is written down with UPDATE_SNAPSHOTS=1 and reviewed as part of the diff.
if (process.env['UPDATE_SNAPSHOTS'] === '1') {
  writeFileSync(snapshot, `${JSON.stringify(declaredRules(), null, 2)}\n`);
}

test('GTW-1: every method declares who may call it, how often and how large; changes are deliberate', () => {
  assert.deepEqual(declaredRules(), JSON.parse(readFileSync(snapshot, 'utf8')));
});

test('limits hold on strings, bytes, lists, numbers and nested messages', () => {
  const conversationId = 'ab'.repeat(16);
  const appendId = new Uint8Array(16);
  const entry = { appendId, payload: new Uint8Array(10) };
  const append = (change: object) =>
    create(AppendRequestSchema, { conversationId, entries: [entry], ...change });
  checkLimits(AppendRequestSchema, append({}));
  const wrong: readonly [object, string][] = [
    [{ conversationId: '' }, 'invalid_argument'],
    [{ conversationId: 'AB'.repeat(16) }, 'invalid_argument'],
    [{ conversationId: 'ab' }, 'invalid_argument'],
    [{ entries: [] }, 'invalid_argument'],
    [{ entries: Array.from({ length: 65 }, () => entry) }, 'too_large'],
    [{ entries: [{ ...entry, appendId: new Uint8Array(15) }] }, 'invalid_argument'],
    [{ entries: [{ ...entry, appendId: new Uint8Array(17) }] }, 'too_large'],
    [{ entries: [{ ...entry, payload: new Uint8Array(65_537) }] }, 'too_large'],
  ];
  for (const [change, code] of wrong) {
    assert.throws(
      () => checkLimits(AppendRequestSchema, append(change)),
      { code },
      JSON.stringify(Object.keys(change)),
    );
  }
  const read = create(ReadRequestSchema, { conversationId, limit: 501 });
  assert.throws(() => checkLimits(ReadRequestSchema, read), { code: 'invalid_argument' });
});

test('limits count UTF-8 bytes and hold inside a oneof and an optional field', () => {
  const fits = create(UpdateProfileRequestSchema, { name: 'é'.repeat(128) });
  checkLimits(UpdateProfileRequestSchema, fits);
  const long = create(UpdateProfileRequestSchema, { name: 'é'.repeat(129) });
  assert.throws(() => checkLimits(UpdateProfileRequestSchema, long), { code: 'too_large' });
  const ref = create(GetChannelRequestSchema, { ref: { case: 'username', value: 'x'.repeat(65) } });
  assert.throws(() => checkLimits(GetChannelRequestSchema, ref), { code: 'too_large' });
  const empty = create(SignInRequestSchema, {});
  assert.throws(() => checkLimits(SignInRequestSchema, empty), { code: 'invalid_argument' });
});

test('SRC-5: a query of 512 units fits in any script', () => {
  for (const letter of ['a', '日', 'ﷺ']) {
    const request = create(SearchPostsRequestSchema, { query: letter.repeat(512) });
    checkLimits(SearchPostsRequestSchema, request);
    const { maxRequestBytes } = methodRules(ChannelsService.method.searchPosts);
    assert.ok(toBinary(SearchPostsRequestSchema, request).byteLength < maxRequestBytes);
  }
});
