import { app } from './app.ts';
import { channel } from './channel.ts';
import { composer } from './composer.ts';
import { errors } from './errors.ts';
import { viewer } from './viewer.ts';

/** English: what every other language translates. A file a screen. */
export const texts = { app, channel, composer, errors, viewer };
