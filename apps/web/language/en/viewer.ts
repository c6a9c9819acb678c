/** The full-screen view of photos and videos. */
export const viewer = {
  label: 'Media viewer',
  close: 'Close',
  previous: 'Previous',
  next: 'Next',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  download: 'Download',
  showPost: 'Show in channel',
  position: '# of %s',
  failed: 'Couldn’t load this file.',
};
