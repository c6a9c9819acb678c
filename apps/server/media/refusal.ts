import { ValidationError } from '@heliogram/protocol';

/** The file is not what it has to be. */
export function rejected(sentence: string, cause?: unknown): ValidationError {
  return new ValidationError('media_rejected', sentence, { cause });
}
