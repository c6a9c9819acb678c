/** Words that several screens share. */
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
  offline:
    'No connection. You can read saved posts. New posts will be sent when you are back online.',
  connecting: 'Connecting…',
};
