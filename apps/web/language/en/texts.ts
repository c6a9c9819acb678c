import { app } from './app.ts';

/** English: what every other language translates. A file a screen. */
export const texts = { app };
