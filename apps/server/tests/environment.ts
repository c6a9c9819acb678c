/** A whole number from the environment, to repeat or to enlarge a test; undefined when absent. */
export function fixedNumber(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${name} is no whole number: ${text}`);
  return value;
}
