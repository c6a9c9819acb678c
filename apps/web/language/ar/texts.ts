import type { Texts } from '../language.tsx';
import { app } from './app.ts';
import { channel } from './channel.ts';
import { composer } from './composer.ts';
import { errors } from './errors.ts';
import { viewer } from './viewer.ts';

export const texts: Texts = { app, channel, composer, errors, viewer };
