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
    'this picture format is not supported (JPEG, PNG, GIF, WebP, AVIF, HEIC, TIFF and BMP are): send it as a file',
  damaged: 'the picture is damaged or incomplete: open it and save it again, or send it as a file',
  too_large: 'the picture is too large to show: make it smaller, or send it as a file',
  animation: 'animations in this format are not supported: send it as a file',
};
