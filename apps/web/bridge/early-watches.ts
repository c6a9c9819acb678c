import type { Watches, WatchName } from './contract/contract.ts';

type Take = (event: never) => void;

interface Early {
  readonly id: number;
  readonly events: unknown[];
  take: Take | undefined;
}

/** What is watched before its reader stands: the first who watches the same takes it over, with all it told. */
export class EarlyWatches {
  readonly #waiting = new Map<string, Early>();

  /** Answers who takes its events until then. */
  begin<Name extends WatchName>(id: number, name: Name, args: Watches[Name]['args']): Take {
    const early: Early = { id, events: [], take: undefined };
    this.#waiting.set(keyOf(name, args), early);
    return (event) => {
      if (early.take) early.take(event);
      else early.events.push(event);
    };
  }

  /** The id of the watch that was begun; undefined where none was, or somebody has it. */
  takeOver<Name extends WatchName>(
    name: Name,
    args: Watches[Name]['args'],
    take: (event: Watches[Name]['event']) => void,
  ): number | undefined {
    const key = keyOf(name, args);
    const early = this.#waiting.get(key);
    if (!early) return undefined;
    this.#waiting.delete(key);
    early.take = take as Take;
    for (const event of early.events.splice(0)) early.take(event as never);
    return early.id;
  }

  /** Whether nobody has taken it over; then nobody will. */
  giveUp(id: number): boolean {
    const [key] = [...this.#waiting].find(([, early]) => early.id === id) ?? [];
    return key !== undefined && this.#waiting.delete(key);
  }
}

function keyOf(name: WatchName, args: unknown): string {
  return `${name} ${JSON.stringify(args)}`;
}
