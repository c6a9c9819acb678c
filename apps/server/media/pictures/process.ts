/** A process that decodes pictures, one at a time: its memory and its faults are its own. */
import { makePicture } from './make-picture.ts';
import type { PictureJob } from './picture.ts';

process.on('message', (job: PictureJob) => {
  void makePicture(job).then((outcome) => process.send?.(outcome));
});
process.on('disconnect', () => process.exit());
// A terminal sends its signals to the whole group; the server says when this process ends.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
