/** Writes one kind of generated files. */
export interface Generator {
  readonly name: string;
  /** The folder or file, relative to the repository, that holds all it writes and nothing else. */
  readonly target: string;
  /** Whether the house has what it generates from. */
  readonly isPresent: (root: string) => boolean;
  /** Writes the target below `outputRoot`, reading sources from `root`. */
  readonly write: (root: string, outputRoot: string) => Promise<void>;
}
