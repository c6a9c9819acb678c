const minimumMajor = 24;

/** Ends the process with a plain sentence when this Node cannot run the house. */
export function requireNode(version: string = process.versions.node): void {
  const major = Number(version.split('.')[0]);
  if (major >= minimumMajor) return;
  process.stderr.write(
    `This needs Node ${minimumMajor} or newer and was started by Node ${version}. Run it through npm after "npm ci", which brings its own Node.\n`,
  );
  process.exit(1);
}
