import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  create,
  type DescField,
  type DescMethod,
  fromBinary,
  type Message,
  toBinary,
} from '@bufbuild/protobuf';
import { BinaryWriter } from '@bufbuild/protobuf/wire';
import {
  Auth,
  HeliogramError,
  methodRules,
  ServerService,
  VerificationError,
} from '@heliogram/protocol';
import fc from 'fast-check';
import type { Log } from '../telemetry.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { CallConnection, CallContext } from './service.ts';
import { echoServices, everyMethod, nameOf, type Seen } from './tests/echo-services.ts';
import { gatewayWorld, someDevice } from './tests/gateway-world.ts';
import { holdsText, rulesOf, scalarValue, validRequest } from './tests/valid-request.ts';

const connection: CallConnection = {
  signIn: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  subscriptions: 0,
};
const anonymous: CallContext = { caller: { kind: 'anonymous', address: '192.0.2.1' }, connection };
const device: CallContext = { caller: someDevice, connection };
const operator: CallContext = { caller: { kind: 'operator', address: '' }, connection };
const unlimited = { take: () => undefined };

function world(run?: (seen: Seen) => unknown, parts: Record<string, unknown> = {}) {
  const seen: Seen[] = [];
  const { dispatcher } = gatewayWorld(echoServices(seen, run), { rates: unlimited, ...parts });
  return { seen, dispatcher };
}

/** The code of the refusal, "ok" otherwise; both ways into the dispatcher must agree. */
async function outcome(
  { dispatcher, context }: { dispatcher: Dispatcher; context: CallContext },
  method: DescMethod,
  request: Message,
): Promise<string> {
  const encoded = await codeOf(
    dispatcher.call(nameOf(method), toBinary(method.input, request), context),
  );
  const decoded = await codeOf(dispatcher.callDecoded(nameOf(method), request, context));
  assert.equal(encoded, decoded, `${nameOf(method)}: both transports`);
  return encoded;
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    assert.ok(error instanceof HeliogramError, `typed, not ${error}`);
    return error.code;
  }
}

/** Pads with a field that the message does not have, to exactly `bytes`. */
function padded(method: DescMethod, bytes: number): Message {
  const request = toBinary(method.input, validRequest(method.input));
  for (const lengthBytes of [1, 2, 3, 4]) {
    const room = bytes - request.byteLength - 2 - lengthBytes;
    if (room < 0) break;
    const filler = new BinaryWriter().tag(1_000, 2).bytes(new Uint8Array(room)).finish();
    const whole = Buffer.concat([request, filler]);
    if (whole.byteLength === bytes) return fromBinary(method.input, whole);
  }
  return fromBinary(method.input, request);
}

const ANONYMOUS: Readonly<Record<Auth, string>> = {
  [Auth.UNSPECIFIED]: 'never',
  [Auth.PUBLIC]: 'ok',
  [Auth.DEVICE]: 'unauthenticated',
  [Auth.OPERATOR]: 'unsupported',
};

test('GTW-1, GTW-3: every method admits exactly the callers that the contract names', async () => {
  assert.ok(everyMethod.length > 50);
  const { seen, dispatcher } = world();
  for (const method of everyMethod) {
    const { auth } = methodRules(method);
    const request = validRequest(method.input);
    const isOperators = auth === Auth.OPERATOR;
    const expected = {
      anonymous: ANONYMOUS[auth],
      device: isOperators ? 'unsupported' : 'ok',
    };
    const before = seen.length;
    const got = {
      anonymous: await outcome({ dispatcher, context: anonymous }, method, request),
      device: await outcome({ dispatcher, context: device }, method, request),
    };
    assert.deepEqual(got, expected, nameOf(method));
    const ran = Object.values(expected).filter((code) => code === 'ok').length * 2;
    assert.equal(seen.length - before, ran, `${nameOf(method)}: only admitted calls run`);
    if (isOperators)
      assert.equal(await outcome({ dispatcher, context: operator }, method, request), 'ok');
  }
});

test('GTW-1: methods that act on a connection need one', async () => {
  const { seen, dispatcher } = world();
  const plain: CallContext = { caller: someDevice };
  const bound = everyMethod.filter((method) => methodRules(method).connection);
  assert.ok(bound.length >= 2);
  for (const method of bound) {
    const got = await outcome({ dispatcher, context: plain }, method, validRequest(method.input));
    assert.equal(got, 'unsupported', nameOf(method));
  }
  assert.deepEqual(seen, []);
});

test('GTW-1: a service with a method without a handler or rules cannot be registered', () => {
  const parts = { service: ServerService, handlers: {} };
  assert.throws(() => gatewayWorld([parts]), { code: 'internal', message: /has no handler/ });
  const [method] = ServerService.methods;
  assert.ok(method);
  const bare = { ...method, proto: { ...method.proto, options: undefined } };
  const service = { ...ServerService, methods: [bare as unknown as DescMethod] };
  const handlers = { [method.localName]: () => ({}) };
  assert.throws(() => gatewayWorld([{ service, handlers }]), {
    code: 'internal',
    message: /declares no rules/,
  });
});

test('GTW-2: a request passes at its largest size and is refused one byte above', async () => {
  const { seen, dispatcher } = world();
  for (const method of everyMethod) {
    const { auth, maxRequestBytes } = methodRules(method);
    const context = auth === Auth.OPERATOR ? operator : device;
    const largest = padded(method, maxRequestBytes);
    assert.equal(toBinary(method.input, largest).byteLength, maxRequestBytes, nameOf(method));
    assert.equal(
      await outcome({ dispatcher, context: context }, method, largest),
      'ok',
      nameOf(method),
    );
    const before = seen.length;
    const above = padded(method, maxRequestBytes + 1);
    assert.equal(
      await outcome({ dispatcher, context: context }, method, above),
      'too_large',
      nameOf(method),
    );
    assert.equal(seen.length, before, `${nameOf(method)}: no handler sees it`);
  }
});

test('GTW-2: every field rule of every request is held before a handler runs', async () => {
  const { seen, dispatcher } = world();
  let held = 0;
  for (const method of everyMethod) {
    const context = methodRules(method).auth === Auth.OPERATOR ? operator : device;
    for (const [field, value] of breaches(method)) {
      const request = validRequest(method.input, { [field]: value });
      const code = await outcome({ dispatcher, context: context }, method, request);
      assert.match(code, /^(invalid_argument|too_large)$/, `${nameOf(method)} ${field}`);
      held += 1;
    }
  }
  assert.deepEqual(seen, []);
  assert.ok(held > 100, `${held} breaches tried`);
});

function breaches(method: DescMethod): [string, unknown][] {
  return method.input.fields.flatMap((field): [string, unknown][] => {
    const choice = field.oneof;
    if (choice) {
      return breachesOf(field).map(([name, value]) => [choice.localName, { case: name, value }]);
    }
    return breachesOf(field);
  });
}

function breachesOf(field: DescField): [string, unknown][] {
  const { hexBytes, maxBytes, maxItems, maxValue, minBytes, required } = rulesOf(field);
  const name = field.localName;
  const found: [string, unknown][] = [];
  if (required) found.push([name, undefined]);
  if (field.fieldKind === 'list') {
    const item = field.listKind === 'message' ? {} : scalarValue(field);
    if (maxItems > 0) found.push([name, Array.from({ length: maxItems + 1 }, () => item)]);
    return found;
  }
  if (hexBytes > 0) found.push([name, '0'], [name, 'G'.repeat(hexBytes * 2)]);
  if (maxBytes > 0) found.push([name, filled(holdsText(field), maxBytes + 1)]);
  if (minBytes > 1) found.push([name, filled(holdsText(field), minBytes - 1)]);
  if (maxValue > 0) found.push([name, maxValue + 1]);
  return found;
}

const filled = (isText: boolean, length: number) =>
  isText ? 'é'.repeat(length) : new Uint8Array(length).fill(1);

test('GTW-2: arbitrary bytes to every method end in an answer or a typed refusal', async () => {
  const { dispatcher } = world();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...everyMethod),
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(anonymous, device, operator),
      async (method, payload, context) => {
        await codeOf(dispatcher.call(nameOf(method), payload, context));
      },
    ),
    { numRuns: 3_000 },
  );
});

test('GTW-2: a broken encoding is malformed, an unknown method is unsupported', async () => {
  const { seen, dispatcher } = world();
  const name = 'heliogram.v1.LogService/Read';
  for (const payload of [[0xff], [0x0a, 0x80], [0x0a, 0x02, 0xff, 0xfe]]) {
    assert.equal(await codeOf(dispatcher.call(name, new Uint8Array(payload), device)), 'malformed');
  }
  for (const unknown of ['', 'heliogram.v1.LogService/read', '__proto__', 'constructor']) {
    const call = dispatcher.call(unknown, new Uint8Array(), device);
    assert.equal(await codeOf(call), 'unsupported', unknown);
  }
  assert.deepEqual(seen, []);
});

test('GTW-4: whoever lost its standing is refused everywhere it is known', async () => {
  const suspended = new VerificationError('suspended', 'for spam');
  const { seen, dispatcher } = world(undefined, {
    checkStanding: () => Promise.reject(suspended),
  });
  for (const method of everyMethod) {
    if (methodRules(method).auth === Auth.OPERATOR) continue;
    const request = validRequest(method.input);
    assert.equal(
      await outcome({ dispatcher, context: device }, method, request),
      'suspended',
      nameOf(method),
    );
  }
  assert.deepEqual(seen, []);
});

test('GTW-5, ERR-2: a defect is logged without input and answered without detail', async () => {
  const secret = 'canary that was sent';
  const logged: unknown[] = [];
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    error: (...parts) => logged.push(parts),
  };
  const { dispatcher } = world(() => Promise.reject(new TypeError(secret)), { log });
  const request = toBinary(
    ServerService.method.getInfo.input,
    create(ServerService.method.getInfo.input),
  );
  await assert.rejects(
    dispatcher.call('heliogram.v1.ServerService/GetInfo', request, anonymous),
    (error) => {
      assert.ok(error instanceof HeliogramError);
      assert.equal(error.code, 'internal');
      assert.equal(`${error.message} ${error.cause}`.includes(secret), false);
      return true;
    },
  );
  assert.equal(logged.length, 1);
});

test('GTW-6: appends pay per entry, sign-ups per address, the rest per account', async () => {
  const paid: Parameters<RateLimiter['take']>[] = [];
  const take: RateLimiter['take'] = (...parts) => void paid.push(parts);
  const { dispatcher } = world(undefined, { rates: { take } });
  const methods = new Map(everyMethod.map((method) => [nameOf(method), method]));
  const call = async (name: string, context: CallContext, changes = {}) => {
    const method = methods.get(`heliogram.v1.${name}`);
    assert.ok(method);
    const request = toBinary(method.input, validRequest(method.input, changes));
    await dispatcher.call(nameOf(method), request, context);
    const [, key, { cost } = { cost: 0 }] = paid.at(-1) ?? [];
    return [key, cost];
  };
  const entry = { appendId: new Uint8Array(16).fill(1) };
  const entries = Array.from({ length: 7 }, () => entry);
  assert.deepEqual(await call('LogService/Append', device, { entries }), [someDevice.accountId, 7]);
  assert.deepEqual(await call('LogService/Read', device), [someDevice.accountId, 1]);
  assert.deepEqual(await call('LogService/Read', anonymous), ['192.0.2.1', 1]);
  assert.deepEqual(await call('AccountsService/SignUp', device), [someDevice.address, 1]);
  const before = paid.length;
  await call('AdminService/ListActions', operator);
  assert.equal(paid.length, before, 'the operator pays nothing');
});
