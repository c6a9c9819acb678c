/** The server program: loaded only by the commands that need it, so that all others start fast. */
export async function loadServer() {
  return import('@heliogram/server');
}
