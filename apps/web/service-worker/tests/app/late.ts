/** Loaded when asked for: what a lazy screen is to the app. */
export const late = `late of ${import.meta.env['VITE_WORD']}`;
