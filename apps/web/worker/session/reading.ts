import {
  asHeliogramError,
  type Caller,
  type Client,
  Connection,
  Follower,
} from '@heliogram/client';
import { Auth, type HeliogramError, methodRules } from '@heliogram/protocol';

/** A connection, and what is followed over it. */
export interface Line {
  readonly connection: Connection;
  readonly follower: Follower;
}

/** What a server may say to who may not see a thing, or as if it were not there. */
const closedDoors: ReadonlySet<string> = new Set(['not_found', 'forbidden', 'unauthenticated']);

/**
 * Over which line this device reads: its own, or, while the server does not let it in, a visitor's. That one
 * is let in everywhere where anybody is.
 */
export class Reading {
  readonly #own: Pick<Client, keyof Line | 'call'>;
  readonly #openVisitor: () => Line;
  #refusal: HeliogramError | undefined;
  #visitor: Line | undefined;

  constructor(own: Pick<Client, keyof Line | 'call'>, openVisitor: () => Line) {
    this.#own = own;
    this.#openVisitor = openVisitor;
  }

  get asVisitor(): boolean {
    return this.#refusal !== undefined;
  }

  get line(): Line {
    if (!this.#refusal) return this.#own;
    this.#visitor ??= this.#openVisitor();
    return this.#visitor;
  }

  /** The line for a method: no visitor calls what the contract keeps for devices. */
  lineFor(method: Parameters<Caller>[0]): Line {
    return methodRules(method).auth === Auth.PUBLIC ? this.line : this.#own;
  }

  /** As `Client.call`, over the line for the method. */
  readonly call: Caller = (method, request) =>
    this.over(method, (line) =>
      line === this.#own ? this.#own.call(method, request) : line.connection.call(method, request),
    );

  /** Once more, as a visitor, where that turns out to be the line while it is done. */
  async over<T>(method: Parameters<Caller>[0], work: (line: Line) => Promise<T>): Promise<T> {
    const line = this.lineFor(method);
    try {
      return await work(line);
    } catch (error) {
      if (this.lineFor(method) === line) throw error;
      return work(this.lineFor(method));
    }
  }

  refused(refusal: HeliogramError): void {
    this.#refusal = refusal;
  }

  /** The device is let in, or goes. */
  letIn(): void {
    this.#refusal = undefined;
    this.#visitor?.connection.close();
    this.#visitor = undefined;
  }

  /** Why something could not be read: what is closed to a visitor is so for want of the account. */
  reason(error: unknown): HeliogramError {
    const known = asHeliogramError(error);
    return this.#refusal && closedDoors.has(known.code) ? this.#refusal : known;
  }
}

/** The line of somebody without an account. */
export function visitorLine(
  parts: Pick<ConstructorParameters<typeof Connection>[0], 'origin' | 'clientName'> & {
    readonly platform: ConstructorParameters<typeof Follower>[1] &
      ConstructorParameters<typeof Connection>[0]['platform'];
  },
): Line {
  const connection = new Connection(parts);
  return { connection, follower: new Follower(connection, parts.platform) };
}
