/** What the leaves of a subtree have in common, remembered with the subtree. */
export interface MemberSummary {
  /** Credential types that some leaf uses. */
  readonly usedCredentials: readonly number[];
  /** What every leaf lists among its capabilities. */
  readonly credentials: readonly number[];
  readonly extensions: readonly number[];
  readonly proposals: readonly number[];
}
