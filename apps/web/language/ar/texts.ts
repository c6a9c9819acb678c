import type { Texts } from '../language.tsx';
import { app } from './app.ts';

export const texts: Texts = { app };
