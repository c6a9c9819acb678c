import manifest from '../package.json' with { type: 'json' };

/** Of the app, as its package says. */
export const appVersion = manifest.version;
