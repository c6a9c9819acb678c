/** What the leaves of a subtree have in common, remembered with the subtree. */
export interface MemberSummary {
  /** Credential types that some leaf uses. */
  readonly usedCredentials: ReadonlySet<number>;
  /** What every leaf lists among its capabilities. */
  readonly credentials: ReadonlySet<number>;
  readonly extensions: ReadonlySet<number>;
  readonly proposals: ReadonlySet<number>;
}

/** Whether a set of types holds all of some types. */
export function includesAll(listed: ReadonlySet<number>, types: Iterable<number>): boolean {
  for (const type of types) if (!listed.has(type)) return false;
  return true;
}
