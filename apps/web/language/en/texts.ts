import { app } from './app.ts';
import { channel } from './channel.ts';
import { chatList } from './chat-list.ts';
import { composer } from './composer.ts';
import { directory } from './directory.ts';
import { errors } from './errors.ts';
import { management } from './management.ts';
import { search } from './search.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { viewer } from './viewer.ts';
import { welcome } from './welcome.ts';

/** The English texts, which every other language translates. One file per screen. */
export const texts = {
  app,
  channel,
  chatList,
  composer,
  directory,
  errors,
  management,
  search,
  settings,
  shell,
  viewer,
  welcome,
};

export type Texts = typeof texts;
