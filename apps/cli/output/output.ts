import { createStyle, type Style, wantsColour } from './style.ts';
import { columns, fitWidths, padEnd, padStart, shorten } from './terminal-text.ts';

export type Column<T> = {
  readonly title: string;
  readonly text: (row: T) => string;
  readonly align?: 'right';
  /** Gives way, down to a few letters, where the terminal is too narrow for all columns. */
  readonly shrinks?: boolean;
};

/** Where results go: JSON lines for programs, aligned text for people. Nothing else writes to stdout. */
export class Output {
  readonly json: boolean;
  readonly style: Style;
  #written: Promise<void> = Promise.resolve();

  constructor(json: boolean) {
    this.json = json;
    this.style = createStyle(!json && wantsColour(process.stdout));
  }

  /** One result: its JSON, or what a person reads. */
  result(value: object, human: (style: Style) => string): void {
    this.#line(this.json ? JSON.stringify(value) : human(this.style));
  }

  /** A list: a line for each row in JSON; for people a table, or `empty` where there is none. */
  list<T>(
    rows: readonly T[],
    shape: {
      readonly json: (row: T) => object;
      readonly columns: readonly Column<T>[];
      readonly empty: string;
    },
  ): void {
    if (this.json) for (const row of rows) this.#line(JSON.stringify(shape.json(row)));
    else if (rows.length === 0) this.#line(this.style.dim(shape.empty));
    else this.#table(rows, shape.columns);
  }

  /** The end of a command that has nothing to show. */
  done(human: string): void {
    this.result({ ok: true }, () => human);
  }

  /** Resolves when the reader of stdout has taken what was written, or is gone. */
  async flushed(): Promise<void> {
    await this.#written;
  }

  #table<T>(rows: readonly T[], shape: readonly Column<T>[]): void {
    const cells = rows.map((row) => shape.map((column) => column.text(row)));
    const natural = shape.map(({ title }, i) =>
      Math.max(columns(title), ...cells.map((row) => columns(row[i] ?? ''))),
    );
    const shrinking = shape.map(({ shrinks = false }) => shrinks);
    const widths = fitWidths(natural, shrinking, process.stdout.columns ?? Infinity);
    const align = (texts: readonly string[]) =>
      texts
        .map((text, i) => {
          const width = widths[i] ?? 0;
          const cut = shorten(text, Math.max(width, columns(shape[i]?.title ?? '')));
          return shape[i]?.align === 'right' ? padStart(cut, width) : padEnd(cut, width);
        })
        .join('  ')
        .trimEnd();
    this.#line(this.style.dim(align(shape.map(({ title }) => title))));
    for (const row of cells) this.#line(align(row));
  }

  #line(text: string): void {
    this.#written = new Promise((resolve) => {
      process.stdout.write(`${text}\n`, () => resolve());
    });
  }
}

/** RFC 3339, UTC. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** For people: local date and time, to the minute. */
export function shortTime(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
