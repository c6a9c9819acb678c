import type { MaybePromise } from '../crypto-provider.ts';

/** Goes on at once after a value, later after a promise: synchronous platforms stay synchronous. */
export function chain<T, U>(
  value: MaybePromise<T>,
  next: (value: T) => MaybePromise<U>,
): MaybePromise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Both values; neither waits for the other. */
export function both<A, B>(left: MaybePromise<A>, right: MaybePromise<B>): MaybePromise<[A, B]> {
  if (left instanceof Promise || right instanceof Promise) return Promise.all([left, right]);
  return [left, right];
}

/** All values in order; started together. */
export function all<T>(values: readonly MaybePromise<T>[]): MaybePromise<readonly T[]> {
  const settled: T[] = [];
  for (const value of values) {
    if (value instanceof Promise) return Promise.all(values);
    settled.push(value);
  }
  return settled;
}

/** Runs and hands whatever is thrown, now or later, to `recover`, which answers or throws. */
export function recovering<T>(
  run: () => MaybePromise<T>,
  recover: (cause: unknown) => T,
): MaybePromise<T> {
  try {
    const value = run();
    return value instanceof Promise ? value.catch(recover) : value;
  } catch (cause) {
    return recover(cause);
  }
}
