import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { nearestName } from '@heliogram/protocol';
import { defaultLoopbackFactor, defaultRates } from '../gateway/rate-limiter.ts';
import { checkSettings } from './check-config.ts';
import { configDocumentation } from './documentation.ts';
import { type ConfigInput, loadConfig } from './load-config.ts';
import { type Setting, variableOf } from './setting.ts';
import { settingFlags } from './setting-flags.ts';
import { settings } from './settings.ts';

const all = Object.values<Setting<unknown>>(settings);

function directory(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'heliogram-config-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function valid(input: ConfigInput) {
  const loaded = loadConfig({ env: {}, ...input });
  assert.equal(loaded.kind, 'valid', JSON.stringify(loaded));
  return loaded.kind === 'valid' ? loaded : assert.fail();
}

function problems(input: ConfigInput): readonly string[] {
  const loaded = loadConfig({ env: {}, ...input });
  return loaded.kind === 'invalid' ? loaded.problems : [];
}

test('OPS-1: flag over variable over file over default, each told with its source', (t) => {
  const file = join(directory(t), 'heliogram.json');
  const source = (input: ConfigInput) => {
    const { config, effective } = valid(input);
    const told = effective.find(({ name }) => name === 'port');
    assert.equal(String(config.port), told?.value);
    return [config.port, told?.source];
  };
  assert.deepEqual(source({}), [8080, 'default']);
  writeFileSync(file, '{"port": 1}');
  assert.deepEqual(source({ file }), [1, `port in ${file}`]);
  assert.deepEqual(source({ env: { HELIOGRAM_CONFIG: file } }), [1, `port in ${file}`]);
  assert.deepEqual(source({ flags: { config: file } }), [1, `port in ${file}`]);
  const env = { HELIOGRAM_PORT: '2' };
  assert.deepEqual(source({ file, env }), [2, 'HELIOGRAM_PORT']);
  assert.deepEqual(source({ file, env, flags: { port: '3' } }), [3, '--port']);
  assert.deepEqual(source({ flags: { port: ['3', '4'] } }), [4, '--port'], 'the last one counts');
  assert.deepEqual(
    source({ env: { HELIOGRAM_PORT: '' } }),
    [8080, 'default'],
    'empty says nothing',
  );
});

test('OPS-1: every setting is taken from each source, and means the same', (t) => {
  const file = join(directory(t), 'heliogram.json');
  const samples: Readonly<Record<string, string>> = {
    data: '/srv/heliogram',
    host: '::1',
    port: '4711',
    origins: 'https://a.example,https://b.example:8443',
    trustedProxies: '10.0.0.0/8,::1',
    name: 'The Hill',
    registration: 'invite',
    signUpDifficulty: '12',
    invitesPerAccount: '0',
    maxUpload: '64MiB',
    accountPosts: '1MiB',
    accountFiles: '2GiB',
    serverPosts: '3GiB',
    serverFiles: '4GiB',
    connectionsPerAddress: '50',
    clientMemory: '64MiB',
    subscriberCountInterval: '30s',
    logLevel: 'warn',
    metrics: 'off',
    push: 'any',
    webApp: '/srv/web-app',
    loopbackRateFactor: '7',
  };
  for (const setting of all) {
    const { flag, name, reader } = setting;
    const written = samples[name] ?? '12/0.5';
    assert.notEqual(written, setting.defaultText, name);
    writeFileSync(file, JSON.stringify({ [name]: reader.list ? written.split(',') : written }));
    const ways = [
      valid({ flags: { [flag]: reader.list ? written.split(',') : written } }),
      valid({ env: { [variableOf(setting)]: written } }),
      valid({ file }),
    ];
    for (const { config, effective } of ways) {
      assert.deepEqual(config, ways[0]?.config, name);
      assert.notDeepEqual(config, valid({}).config, `${name} changes something`);
      assert.equal(effective.find((one) => one.name === name)?.value, written);
    }
  }
});

test('OPS-1: declarations fit together: unique names, defaults that are accepted, one sentence', () => {
  for (const key of ['name', 'flag', 'sentence'] as const) {
    assert.equal(new Set(all.map((setting) => setting[key])).size, all.length, key);
  }
  for (const setting of all) {
    assert.match(setting.sentence, /\.$/);
    if (!setting.computeDefault) {
      const value = setting.reader.read(setting.defaultText);
      assert.equal(setting.reader.write(value), setting.defaultText, setting.name);
    }
  }
  assert.deepEqual(
    settingFlags().map(({ name }) => name),
    all.map(({ flag }) => flag),
  );
  const page = configDocumentation();
  for (const setting of all) {
    assert.ok(page.includes(`\`--${setting.flag}\``) && page.includes(variableOf(setting)));
  }
});

test('OPS-1: rates that nobody sets are those of the gateway', () => {
  const { rates, loopbackRateFactor } = valid({}).config;
  assert.equal(loopbackRateFactor, defaultLoopbackFactor);
  for (const [rateClass, rate] of Object.entries(rates ?? {}).slice(1)) {
    assert.deepEqual(rate, defaultRates[Number(rateClass)], `class ${rateClass}`);
  }
});

test('OPS-1: the data directory is this user’s by default', () => {
  const at = (env: Record<string, string>) => valid({ env }).config.dataDirectory;
  assert.equal(at({ XDG_DATA_HOME: '/x' }), '/x/heliogram-server');
  assert.equal(at({ HOME: '/home/me' }), '/home/me/.local/share/heliogram-server');
  assert.equal(
    at({ HOME: '/home/me', XDG_DATA_HOME: 'relative' }),
    '/home/me/.local/share/heliogram-server',
  );
});

test('OPS-2: unknown names are refused with the nearest one', (t) => {
  const file = join(directory(t), 'heliogram.json');
  writeFileSync(file, '{"orgins": [], "something entirely else": 1}');
  assert.deepEqual(
    problems({
      flags: { prot: '1', trustedProxy: 'x' },
      env: { HELIOGRAM_MERTICS: 'off', HELIOGRAM_PROFILE: '/x', OTHER: '1' },
      file,
    }),
    [
      '--prot is not a setting. Did you mean --port?',
      '--trustedProxy is not a setting. Did you mean --trusted-proxy?',
      'HELIOGRAM_MERTICS is not a setting. Did you mean HELIOGRAM_METRICS?',
      'orgins is not a setting. Did you mean origins?',
      'something entirely else is not a setting.',
    ],
  );
  assert.equal(nearestName('', ['port']), undefined);
});

test('OPS-2: values that are not accepted say where they stand, all at once', () => {
  const wrong: [string, string[]][] = [
    ['port', ['', ' ', '-1', '65536', '1.5', '0x50', '1e3', '٣', 'http']],
    [
      'origin',
      ['chat.example', 'ftp://x', 'https://x/path', 'https://x?y', 'https://u@x', 'https://'],
    ],
    ['trusted-proxy', ['localhost', '10.0.0.0/33', '10.0.0.0/', '::1/129', '1.2.3', '::1/8/8']],
    ['registration', ['Open', 'none', '']],
    ['max-upload', ['0', '1', '3GiB', '5 apples', '-1', 'GiB']],
    ['subscriber-count-interval', ['0s', '2min', '1h', '60']],
    ['server-name', ['', '   ', 'x'.repeat(65)]],
    ['rate-read', ['0/1', '1/0', '1', '1/2/3', 'a/b', '1/-1', 'Infinity/1']],
    ['data', ['', 'a\0b']],
  ];
  for (const [flag, values] of wrong) {
    for (const value of values) {
      const [problem, ...rest] = problems({ flags: { [flag]: value } });
      assert.match(problem ?? '', new RegExp(`^--${flag} (is|must be) `), `${flag}=${value}`);
      assert.match(problem ?? '', /\.$/);
      assert.deepEqual(rest, []);
    }
  }
  assert.equal(
    problems({ flags: { port: 'x', metrics: 'y' }, env: { HELIOGRAM_HOST: ' ' } }).length,
    3,
  );
});

test('OPS-2: values of a file may be of any JSON type and are still checked', (t) => {
  const file = join(directory(t), 'heliogram.json');
  const tell = (text: string) => {
    writeFileSync(file, text);
    return problems({ file });
  };
  for (const value of ['null', 'true', '{}', '[]', '[1]', '-1', '1.5', '1e300', '"x"']) {
    assert.equal(tell(`{"port": ${value}}`).length, 1, value);
  }
  assert.deepEqual(tell('{"port": 81, "origins": ["https://a.example"]}'), []);
  for (const text of ['', '[]', '7', '{"port": 81', 'null', '"x"']) {
    assert.match(tell(text)[0] ?? '', /heliogram\.json/, text);
  }
  assert.match(problems({ file: '/nothing/here' })[0] ?? '', /\/nothing\/here cannot be read/);
  assert.deepEqual(tell('{"__proto__": 1, "constructor": 2}').length, 2);
});

test('OPS-3: check-config tells all values, what is wrong with the machine, and changes nothing', (t) => {
  const data = join(directory(t), 'a', 'b');
  const checked = checkSettings({ flags: { data }, env: {} });
  assert.deepEqual(checked.problems, []);
  assert.equal(checked.effective.length, all.length);
  assert.equal(existsSync(data), false);
  const file = join(directory(t), 'file');
  writeFileSync(file, '');
  assert.match(
    checkSettings({ flags: { data: file }, env: {} }).problems[0] ?? '',
    /not a directory/,
  );
  assert.match(
    checkSettings({ flags: { data: join(file, 'x') }, env: {} }).problems[0] ?? '',
    /not a directory/,
  );
  assert.deepEqual(readdirSync(join(file, '..')), ['file']);
  assert.equal(checkSettings({ flags: { port: 'x' }, env: {} }).problems.length, 1);
});

test('OPS-3: a directory that is not writable is told', (t) => {
  const data = directory(t);
  chmodSync(data, 0o500);
  const module = new URL('./check-config.ts', import.meta.url).href;
  // Root can write everywhere, so the process changes its user. It does so after the import, because
  // other users may not be able to read the checkout.
  const becomeNobody =
    process.getuid?.() === 0 ? 'process.setgid(65534); process.setuid(65534);' : '';
  const code = `import { checkSettings } from '${module}';
    ${becomeNobody}
    console.log(checkSettings({ flags: { data: process.argv[1] }, env: {} }).problems.join());`;
  for (const path of [data, join(data, 'inside')]) {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', code, path],
      { encoding: 'utf8' },
    );
    assert.match(stdout, /cannot be written: permission denied\.$/m, stderr);
  }
});

test('OPS-3: settings that start but are probably not meant are warned of', () => {
  const warnings = (flags: Record<string, string>) =>
    checkSettings({ flags, env: {} }).warnings.length;
  assert.equal(warnings({}), 1, 'no public origin');
  assert.equal(warnings({ host: '0.0.0.0' }), 2);
  assert.equal(warnings({ host: '192.0.2.1' }), 2);
  assert.equal(warnings({ origin: 'https://a.example' }), 1, 'no trusted proxy');
  assert.equal(warnings({ origin: 'https://a.example', 'trusted-proxy': '127.0.0.1' }), 0);
  assert.equal(warnings({ origin: 'http://a.example', 'trusted-proxy': '127.0.0.1' }), 1);
  assert.equal(warnings({ metrics: 'open' }), 2);
});

test('OPS-2: of several values the one that is not accepted is named by its place', () => {
  const problem = (input: ConfigInput) => {
    const loaded = loadConfig({ env: {}, ...input });
    return loaded.kind === 'invalid' ? loaded.problems.join() : '';
  };
  const origins = ['https://a.example', 'https://b.example/path', 'https://c.example'];
  assert.match(
    problem({ flags: { origin: origins } }),
    /^--origin has 3 items, and item 2 .*b\.example/,
  );
  assert.match(
    problem({ env: { HELIOGRAM_TRUSTED_PROXIES: '10.0.0.0/8,10.0.0.0/99' } }),
    /^HELIOGRAM_TRUSTED_PROXIES has 2 items, and item 2 .*10\.0\.0\.0\/99/,
  );
  assert.doesNotMatch(problem({ flags: { origin: ['nope'] } }), /item/);
});
