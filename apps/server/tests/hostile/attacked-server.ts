import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, toBinary } from '@bufbuild/protobuf';
import { answerChallenge, askChallenge, Connection } from '@heliogram/client';
import { nodePlatform } from '@heliogram/client/node';
import {
  AccountsService,
  ERROR_CODES,
  isErrorCode,
  SignInRequestSchema,
} from '@heliogram/protocol';
import { newPerson, type Person } from '../processes/person.ts';
import { ServerProcesses } from '../processes/server-process.ts';
import { Canary } from './canary.ts';
import { RawClient } from './raw-client.ts';

/** Attacks are not slowed down: what is behind the limits is to be tried. */
const unlimited = { 0: { burst: 1e9, perSecond: 1e9 } } as const;
const mayGrowBytes = 250 * 1_048_576;

/** A real server, somebody who attacks it, and two people whom that must not touch. */
export class AttackedServer {
  readonly server: ServerProcesses;
  readonly attacker: Person;
  readonly canary: Canary;
  readonly #directory: string;
  readonly #residentBytes: number;

  private constructor(parts: {
    readonly server: ServerProcesses;
    readonly attacker: Person;
    readonly canary: Canary;
    readonly directory: string;
  }) {
    this.server = parts.server;
    this.attacker = parts.attacker;
    this.canary = parts.canary;
    this.#directory = parts.directory;
    this.#residentBytes = parts.server.residentBytes;
  }

  static async start(name: string): Promise<AttackedServer> {
    const directory = mkdtempSync(join(tmpdir(), 'heliogram-hostile-'));
    const server = new ServerProcesses(directory, { rates: unlimited });
    await server.start();
    const attacker = await newPerson(server.origin, 'attacker');
    const canary = await Canary.start(server.origin, name);
    return new AttackedServer({ server, attacker, canary, directory });
  }

  get port(): number {
    return this.server.port;
  }

  /** A connection of the attacker, signed in by hand. */
  async signedIn(): Promise<RawClient> {
    const client = await RawClient.greet(this.port);
    const { origin } = this.server;
    const asking = new Connection({ origin, platform: nodePlatform, clientName: 'hostile' });
    const terms = await askChallenge(asking.call, origin);
    asking.close();
    const { keys } = this.attacker;
    const signature = await answerChallenge(terms, keys, nodePlatform.signer);
    const { accountId, deviceId } = keys;
    const request = { challenge: terms.challenge, origin, accountId, deviceId, signature };
    const payload = toBinary(SignInRequestSchema, create(SignInRequestSchema, request));
    const { code } = await client.call(`${AccountsService.typeName}/SignIn`, payload);
    assert.equal(code, 'ok');
    return client;
  }

  /** The server lives, found no defect in itself, grew by no more than it may, and hurt nobody else. */
  async judge(): Promise<void> {
    try {
      assert.ok(this.server.isAlive, `the server died: ${this.server.output}`);
      await this.canary.judge();
      const grown = this.server.residentBytes - this.#residentBytes;
      assert.ok(grown < mayGrowBytes, `memory grew by ${Math.round(grown / 1_048_576)} MB`);
      assert.doesNotMatch(this.server.output, /"level":"error"|"level":50|call failed|Error:/);
    } finally {
      await this.attacker.client.close();
      await this.server.close();
      rmSync(this.#directory, { recursive: true, force: true });
    }
  }
}

/** An error of the contract that is not our own defect. */
export function assertTyped(code: string, what: string): void {
  assert.ok(isErrorCode(code), `${what} was answered with ${JSON.stringify(code)}`);
  assert.notEqual(ERROR_CODES[code].blame, 'internal', `${what} found a defect`);
}
