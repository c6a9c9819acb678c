declare const brand: unique symbol;

/** A number that must not be mixed up with another kind of number. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
