/** What belongs to no single screen. */
export const app = {
  name: 'Heliogram',
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  done: 'Done',
  back: 'Back',
  retry: 'Try again',
  undo: 'Undo',
  more: 'More',
  loading: 'Loading…',
  offline: 'No connection. What you read before is here; what you post goes out later.',
  connecting: 'Connecting…',
};
