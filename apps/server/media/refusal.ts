import { FileReason, ValidationError } from '@heliogram/protocol';
import type { PictureFault } from './pictures/picture.ts';

export const FILE_REASONS: Readonly<Record<PictureFault, FileReason>> = {
  format: FileReason.FORMAT,
  damaged: FileReason.DAMAGED,
  too_large: FileReason.TOO_LARGE,
  animation: FileReason.ANIMATION,
};

/** The file is not what it has to be; it could still be kept as a file to download. */
export class Refusal extends ValidationError {
  readonly reason: PictureFault;

  constructor(reason: PictureFault, sentence: string, cause?: unknown) {
    super('media_rejected', sentence, { cause });
    this.reason = reason;
  }
}

export function rejected(reason: PictureFault, sentence: string, cause?: unknown): Refusal {
  return new Refusal(reason, sentence, cause);
}

export function pictureRefusal(fault: PictureFault): Refusal {
  return new Refusal(fault, SENTENCES[fault]);
}

const SENTENCES: Readonly<Record<PictureFault, string>> = {
  format:
    'this is not a picture that is shown here (JPEG, PNG, GIF, WebP, AVIF, HEIC, TIFF, BMP): send it as a file',
  damaged: 'the picture is damaged or cut short: open it and save it again, or send it as a file',
  too_large: 'the picture is too large to be shown: make it smaller, or send it as a file',
  animation: 'animations of this format are not shown here: send it as a file',
};
