import { utf8Length } from '@heliogram/content';

/** A device name has so many bytes of UTF-8 at most. */
const maxNameBytes = 64;

/** The name, numbered where another device has it already: "Firefox, Linux 2". */
export function distinctName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken);
  if (!names.has(wanted)) return wanted;
  for (let number = 2; ; number++) {
    const suffix = ` ${number}`;
    const numbered = shortened(wanted, maxNameBytes - suffix.length) + suffix;
    if (!names.has(numbered)) return numbered;
  }
}

/** Names of devices in their order: of equal ones the later are numbered. */
export function distinctNames(names: readonly string[]): readonly string[] {
  const given: string[] = [];
  for (const name of names) given.push(distinctName(name, given));
  return given;
}

function shortened(text: string, maxBytes: number): string {
  let kept = text;
  while (utf8Length(kept) > maxBytes) kept = [...kept].slice(0, -1).join('');
  return kept.trimEnd();
}
