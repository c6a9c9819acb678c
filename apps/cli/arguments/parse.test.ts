import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeliogramError } from '@heliogram/protocol';
import { commands, requireAvailable } from '../commands.ts';
import { withMoreFlags } from './more-flags.ts';
import { allFlags, type Invocation, parseInvocation, tokenize } from './parse.ts';

function parse(line: readonly string[]): Invocation {
  requireAvailable(line);
  return parseInvocation(tokenize(line, commands), commands);
}

function run(...line: string[]) {
  const invocation = parse(line);
  assert.equal(invocation.kind, 'run');
  if (invocation.kind !== 'run') throw new Error('unreachable');
  return invocation;
}

const wrong: readonly (readonly string[])[] = [
  ['nonsense'],
  ['channel'],
  ['channel', 'nonsense'],
  ['post'],
  ['read', '@chat', '--nonsense'],
  ['read', '@chat', '--title', 'x'],
  ['read', '@chat', '--limit'],
  ['read', '@chat', '--limit', '5', '--limit', '6'],
  ['read', '@chat', '--json=yes'],
  ['read', '@chat', 'extra'],
  ['post', '@chat', 'hello', 'world'],
  ['sign-up', '--name', 'x'],
  ['channel', 'create'],
  ['channel', 'delete', '@chat'],
  ['forward', '@chat', '1'],
  ['search'],
  ['group', 'create', '--title', 'x', '--member', '@bob'],
  ['send', '@bob', 'hi'],
  ['--json', 'report', '@chat', '1', '--reason', 'x'],
  ['secret', 'start', '@bob'],
  ['help-me'],
  ['--profile', 'chats', 'secret', 'end', 'x'],
];

for (const line of wrong) {
  test(`CLI-2: “${line.join(' ')}” is wrong usage`, () => {
    assert.throws(
      () => parse(line),
      (error) => error instanceof HeliogramError && error.code === 'usage',
    );
  });
}

test('CLI-2: flags may stand anywhere, with = or without, and -- ends them', () => {
  for (const line of [
    ['read', '@chat', '--limit', '5', '--json'],
    ['--limit', '5', '--json', 'read', '@chat'],
    ['--json', 'read', '--limit=5', '@chat'],
  ]) {
    const { command, args } = run(...line);
    assert.equal(command.words, 'read');
    assert.equal(args.word('CHAT'), '@chat');
    assert.equal(args.number('limit', { min: 1, max: 10 }), 5);
  }
  assert.equal(run('post', '@chat', '--', '--json').args.word('TEXT'), '--json');
  assert.equal(run('post', '@chat', '-5 degrees').args.word('TEXT'), '-5 degrees');
});

test('CLI-2: the longest words win, and what remains is bound in order', () => {
  const { command, args } = run('channel', 'invite', 'revoke', '@chat', 'abc');
  assert.equal(command.words, 'channel invite revoke');
  assert.equal(args.word('ID|LINK'), 'abc');
  assert.equal(run('search', 'two', 'words').args.word('WORDS'), 'two words');
  assert.equal(run('directory').args.optionalWord('WORDS'), undefined);
  assert.deepEqual(run('post', '@c', '--file', 'a', '--file', 'b').args.values('file'), ['a', 'b']);
});

test('CLI-2: a chat or text may look like a command that is not there yet', () => {
  assert.equal(run('post', '@chat', 'send').args.word('TEXT'), 'send');
  assert.equal(run('search', 'secret').args.word('WORDS'), 'secret');
  assert.equal(run('--profile', 'group', 'chats').command.words, 'chats');
});

const wrongValues: readonly (readonly [flag: string, value: string])[] = [
  ['limit', '0'],
  ['limit', '-1'],
  ['limit', '1.5'],
  ['limit', '0x10'],
  ['limit', '99999999999'],
  ['limit', ''],
];

for (const [flag, value] of wrongValues) {
  test(`CLI-2: --${flag} “${value}” is wrong usage`, () => {
    const { args } = run('read', '@chat', `--${flag}=${value}`);
    assert.throws(
      () => args.number(flag, { min: 1, max: 100 }),
      (error) => error instanceof HeliogramError && error.code === 'usage',
    );
  });
}

test('CLI-2: times are RFC 3339', () => {
  const at = (value: string) => run('post', '@c', 'x', '--at', value).args.time('at');
  assert.equal(at('2030-01-31T18:00:00Z'), Date.UTC(2030, 0, 31, 18));
  assert.equal(at('2030-01-31T18:00:00+02:00'), Date.UTC(2030, 0, 31, 16));
  for (const value of [
    'tomorrow',
    '2030-01-31',
    '2030-13-01T00:00:00Z',
    '1',
    '2030-01-31T18:00:00',
  ]) {
    assert.throws(() => at(value), HeliogramError, value);
  }
});

test('CLI-1: help is there for everything, without a profile or a server', () => {
  assert.equal(parse([]).kind, 'help');
  assert.deepEqual(parse(['channel', 'create', '--help']), {
    kind: 'help',
    about: ['channel', 'create'],
  });
  assert.deepEqual(parse(['help', 'post']), { kind: 'help', about: ['post'] });
  assert.equal(parse(['--version']).kind, 'version');
});

test('CLI-1: a flag takes a value in all commands or in none, and words are declared once', () => {
  const takes = new Map<string, boolean>();
  for (const { name, value } of allFlags(commands)) {
    assert.equal(takes.get(name) ?? value !== undefined, value !== undefined, name);
    takes.set(name, value !== undefined);
  }
  const words = commands.map((command) => command.words);
  assert.equal(new Set(words).size, words.length);
});

test('CLI-1: every command can be loaded', async () => {
  for (const { load, words } of commands) assert.equal(typeof (await load()), 'function', words);
});

test('CLI-2: an unfinished group of commands says what it holds', () => {
  assert.throws(() => run('admin'), /“admin” needs one of: invite, suspend, restore/);
  assert.throws(() => run('channel', 'invite', 'x'), /“channel invite” needs one of: create, list/);
});

test('CLI-2: a misspelt flag or command is answered with the nearest one', async () => {
  const complete = await withMoreFlags(['serve'], commands);
  const misspelt = (line: readonly string[]) => {
    try {
      parseInvocation(tokenize(line, complete), complete);
    } catch (error) {
      return error instanceof HeliogramError ? error.message : '';
    }
    return '';
  };
  assert.match(misspelt(['serve', '--prot', '1']), /unknown flag --prot; did you mean --port\?/);
  assert.match(misspelt(['serve', '--dta=x']), /did you mean --data\?/);
  assert.match(misspelt(['bakcup', 'x']), /unknown command “bakcup”; did you mean “backup”\?/);
  assert.match(misspelt(['serve', '--qqqqqqqqqq']), /unknown flag --qqqqqqqqqq$/);
});
