import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

/** One figure of a bench. `ratio` compares with the floor or peer of the same run. */
export type Row = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it was compared with, and how many times that it is. */
  readonly against?: string;
  readonly ratio?: number;
  /** Largest value (or ratio, where there is one) that the design allows; `atLeast` turns it round. */
  readonly target?: number;
  readonly atLeast?: boolean;
};

export type BenchResult = {
  readonly bench: string;
  readonly rows: readonly Row[];
  /** Not all of what the bench measures: it is told, and not kept in place of the whole. */
  readonly isPart?: boolean;
};

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** Whether a row meets its target; undefined without one. */
function meets({ value, ratio, target, atLeast }: Row): boolean | undefined {
  if (target === undefined) return undefined;
  const measured = ratio ?? value;
  return atLeast ? measured >= target : measured <= target;
}

export function printResult({ bench, rows }: BenchResult): void {
  const cells = rows.map((row) => [
    row.what,
    `${figure(row.value)} ${row.unit}`,
    row.ratio === undefined ? '' : `${figure(row.ratio)} × ${row.against ?? ''}`,
    targetText(row),
  ]);
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  );
  process.stdout.write(`\n${bench}\n`);
  for (const row of cells) {
    const line = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    process.stdout.write(`  ${line.trimEnd()}\n`);
  }
}

function targetText(row: Row): string {
  const met = meets(row);
  if (met === undefined) return '';
  return `${met ? 'meets' : 'MISSES'} ${row.atLeast ? '≥' : '≤'} ${figure(row.target ?? 0)}`;
}

function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1_000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

/** Keeps what was measured beside the machine and versions that measured it. */
export function saveResults(results: readonly BenchResult[]): string {
  const directory = new URL('../results/', import.meta.url);
  mkdirSync(directory, { recursive: true });
  for (const { isPart: _, ...result } of results) {
    const file = new URL(`${result.bench}.json`, directory);
    writeFileSync(file, `${JSON.stringify({ ...machine(), ...result }, null, 2)}\n`);
  }
  return directory.pathname;
}

function machine() {
  return {
    measuredAt: new Date().toISOString(),
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      kernel: release(),
    },
    versions: {
      node: process.versions.node,
      sqlite: process.versions['sqlite'] ?? 'unknown',
      commit: commit(),
    },
  };
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
