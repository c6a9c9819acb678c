import { type Place, parentOf, parsePlace, placeLink } from './place.ts';

/** Links of the app's places behind this one, the oldest first: each entry of the history keeps its own. */
type Trail = readonly string[];

/** Further back the browser's own button leads. */
const maxTrail = 50;

/** To where one was in the app; up, where one came from outside. Never adds to the history. */
export function goBack(): void {
  if (trailHere().length > 0) history.back();
  else goTo(parentOf(parsePlace(location.hash)), { replace: true });
}

/** Back to a place that lies behind this one; where none does, that place takes this one's. */
export function goUpTo(place: Place): void {
  const steps = stepsBack(trailHere(), placeLink(place));
  if (steps === undefined) goTo(place, { replace: true });
  else history.go(-steps);
}

/** Goes there; `replace` leaves no way back to where one was. */
export function goTo(place: Place, options: { readonly replace?: boolean } = {}): void {
  const link = placeLink(place);
  if (options.replace) history.replaceState({ trail: trailHere() }, '', link);
  else history.pushState({ trail: extended(trailHere(), linkHere()) }, '', link);
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
}

/** How many steps back a link lies; undefined where it is not on the trail. */
export function stepsBack(trail: Trail, link: string): number | undefined {
  const at = trail.lastIndexOf(link);
  return at === -1 ? undefined : trail.length - at;
}

/** What this entry of the history leads to has been read: it is found again where one left it. */
export function markRead(): void {
  if (!wasRead()) history.replaceState({ ...history.state, read: true }, '');
}

export function wasRead(): boolean {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'read' in state;
}

let before: { readonly trail: Trail; readonly link: string } | undefined;

/** A link or an address that was typed makes an entry without a trail: it follows the place before. */
export function keepTrail(): void {
  const known = trailOf(history.state);
  const trail = known ?? (before ? extended(before.trail, before.link) : []);
  if (!known) history.replaceState({ ...history.state, trail }, '');
  before = { trail, link: linkHere() };
}

function extended(trail: Trail, link: string): Trail {
  return [...trail, link].slice(-maxTrail);
}

function linkHere(): string {
  return placeLink(parsePlace(location.hash));
}

function trailHere(): Trail {
  return trailOf(history.state) ?? [];
}

function trailOf(state: unknown): Trail | undefined {
  if (typeof state !== 'object' || state === null || !('trail' in state)) return undefined;
  const { trail } = state;
  if (!Array.isArray(trail)) return undefined;
  return trail.filter((link) => typeof link === 'string');
}
