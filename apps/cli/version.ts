export const version = '0.1.0';

/** What servers are told. */
export const clientName = `heliogram-cli/${version}`;
