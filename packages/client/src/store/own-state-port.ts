/** What is known here of the account's own state; one program at a time works on it. */
export interface OwnStateStore {
  all(): Promise<readonly KeptRegister[]>;
  /** Keeps these, each in the place of what stood under its kind and scope. */
  put(registers: readonly KeptRegister[]): Promise<void>;
  remove(names: readonly RegisterName[]): Promise<void>;
}

/** A value by what it is and what it is of, such as `draft` of a conversation. */
export interface RegisterName {
  readonly kind: string;
  readonly scope: string;
}

/** One value and when it was set: the latest wins, on every device the same. */
export interface Register extends RegisterName {
  /** Milliseconds since the epoch, or more where something later was seen; up to 2^52. */
  readonly clock: number;
  /** Device id of who set it: decides between two of the same time. */
  readonly device: string;
  /** JSON; null: taken away. */
  readonly value: string | null;
}

export interface KeptRegister extends Register {
  /** Set here and not yet known to be in the log. */
  readonly pending: boolean;
}
