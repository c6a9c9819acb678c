import { lazy } from 'react';

/** Begins to load the menu: on the first sign that somebody is about to open one. */
export function loadMenu(): Promise<typeof import('./menu-popover.tsx')> {
  return import('./menu-popover.tsx');
}

export const LazyMenu = lazy(async () => ({ default: (await loadMenu()).MenuPopover }));
