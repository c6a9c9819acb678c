import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'vite';
import type { Check } from '../checks/check.ts';
import { isGenerated, isTypeScript, sourceFiles } from '../checks/source-files.ts';

/** A text of the house: the specification's pages, or code. */
export interface HouseText {
  readonly file: string;
  readonly text: string;
}

const definition = /\*\*([A-Z]{2,8}-\d+)\*\*/g;
const reference = /(?<![\w-])([A-Z]{2,8}-\d+)(?![\w-])/g;
const testName = /^([A-Z]{2,8}-\d+(?:, [A-Z]{2,8}-\d+)*): /;
const specification = /^docs\/protocol\/.+\.md$/;

/** Every id of the specification has a test that bears it, and every id in use is defined. */
export const specIdsCheck: Check = {
  name: 'spec-ids',
  findProblems: async (root) => {
    const read = (file: string): HouseText => ({
      file,
      text: readFileSync(join(root, file), 'utf8'),
    });
    const files = sourceFiles(root);
    return findOrphans({
      pages: files.filter((file) => specification.test(file)).map(read),
      code: files.filter((file) => isTypeScript(file) && isSpoken(file)).map(read),
    });
  },
};

/** The ids without a test, without a definition, or with two, as sentences. */
export function findOrphans(house: {
  readonly pages: readonly HouseText[];
  readonly code: readonly HouseText[];
}): readonly string[] {
  const defined = placesOf(house.pages, ({ text }) => idsMatching(text, definition));
  const tested = placesOf(house.code.filter(isTestCode), testedIds);
  const named = placesOf([...house.pages, ...house.code], ({ text }) =>
    idsMatching(text, reference),
  );
  const families = new Set([...defined.keys()].map(familyOf));
  return [
    ...[...defined].filter(([, places]) => places.length > 1).map(twice),
    ...[...defined].filter(([id]) => !tested.has(id)).map(untested),
    ...[...tested].filter(([id]) => !defined.has(id)).map(undefinedTest),
    ...[...named]
      .filter(([id]) => families.has(familyOf(id)) && !defined.has(id) && !tested.has(id))
      .map(undefinedReference),
  ];
}

type Place = readonly [id: string, files: readonly string[]];

const twice = ([id, files]: Place): string => `${id} is defined twice: ${files.join(', ')}`;
const untested = ([id, files]: Place): string => `${id} (${files[0]}) has no test that bears it.`;
const undefinedTest = ([id, files]: Place): string =>
  `${id} stands in a test name (${files[0]}) and in no page of docs/protocol.`;
const undefinedReference = ([id, files]: Place): string =>
  `${id} is referred to (${files[0]}) and is defined nowhere.`;

function placesOf(
  texts: readonly HouseText[],
  idsOf: (text: HouseText) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const text of texts) {
    for (const id of idsOf(text)) places.set(id, [...(places.get(id) ?? []), text.file]);
  }
  return places;
}

function idsMatching(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, id]) => id ?? []);
}

/** Ids at the start of any text in test code: names are often rows of a table. */
function testedIds({ file, text }: HouseText): readonly string[] {
  const ids: string[] = [];
  const add = (value: string | null): void => {
    const found = testName.exec(value ?? '')?.[1];
    if (found) ids.push(...found.split(', '));
  };
  new Visitor({
    Literal: ({ value }) => {
      if (typeof value === 'string') add(value);
    },
    TemplateLiteral: ({ quasis }) => add(quasis[0]?.value.cooked ?? null),
  }).visit(parseSync(file, text).program);
  return ids;
}

function isTestCode({ text }: HouseText): boolean {
  return /from 'node:test'/.test(text);
}

/** The checker speaks of ids that no specification has. */
function isSpoken(file: string): boolean {
  return !isGenerated(file) && !file.startsWith('scripts/');
}

function familyOf(id: string): string {
  return id.slice(0, id.indexOf('-'));
}
