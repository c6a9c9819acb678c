/** Photos and videos on the whole screen. */
export const viewer = {
  label: 'Media viewer',
  close: 'Close',
  previous: 'Previous',
  next: 'Next',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  download: 'Download',
  showPost: 'Show in the channel',
  position: '# of %s',
  failed: 'This could not be loaded.',
};
