import { useEffect, useState } from 'react';
import { useCall } from './app.tsx';
import type { Told } from './failure.ts';
import { useTell } from './telling.ts';

export type UsernameState =
  | { readonly state: 'empty' | 'short' | 'long' | 'letters' | 'checking' | 'free' | 'taken' }
  | { readonly state: 'failed'; readonly text: string };

/** Whoever is faster than the check, or has no network, is told by the server. */
export function mayTryUsername({ state }: UsernameState): boolean {
  return state === 'empty' || state === 'free' || state === 'failed' || state === 'checking';
}

const typingMs = 350;
const minLength = 5;
const maxLength = 32;

/** As it is kept: without `@`, in small letters. */
export function tidyUsername(typed: string): string {
  return typed.trim().replace(/^@/, '').toLowerCase();
}

/** What can be said about a name without asking anybody; undefined when the server decides. */
function usernameFault(name: string): 'empty' | 'short' | 'long' | 'letters' | undefined {
  if (name === '') return 'empty';
  if (!/^[a-z0-9_]*$/.test(name)) return 'letters';
  if (name.length < minLength) return 'short';
  return name.length > maxLength ? 'long' : undefined;
}

interface CheckOptions {
  /** Free for who holds it. */
  readonly own?: string;
  /** What the server said last: a name that it refused is asked for again. */
  readonly refused?: Told | undefined;
}

/** Checks while one types, a moment after the last key. */
export function useUsernameCheck(
  typed: string,
  { own = '', refused }: CheckOptions = {},
): UsernameState {
  const call = useCall();
  const say = useTell();
  const name = tidyUsername(typed);
  const fault = name === own && own !== '' ? 'empty' : usernameFault(name);
  const [checked, setChecked] = useState<{ name: string; result: UsernameState }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another name and a refusal are the reasons to ask again.
  useEffect(() => {
    if (fault) return;
    let wanted = true;
    const keep = (result: UsernameState) => {
      if (wanted) setChecked({ name, result });
    };
    const timer = setTimeout(() => {
      call('checkUsername', { username: name }).then(
        ({ available, reason }) => keep({ state: stateOf(available, reason) }),
        (error: unknown) => keep({ state: 'failed', text: say(error).text }),
      );
    }, typingMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [name, fault, refused]);
  if (fault) return { state: fault };
  return checked?.name === name ? checked.result : { state: 'checking' };
}

function stateOf(available: boolean, reason: string): 'free' | 'taken' | 'letters' {
  if (available) return 'free';
  return reason === 'username_invalid' ? 'letters' : 'taken';
}
