import { useTexts } from '../language/language.tsx';
import { type Told, tell } from './failure.ts';

/** Says failures in the language of the window. */
export function useTell(): (failure: unknown) => Told {
  const { errors } = useTexts();
  return (failure) => tell(errors, failure);
}
