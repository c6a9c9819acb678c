const VARIATION_SELECTORS = /[\ufe0e\ufe0f]/g;
/** Shown as text unless a selector asks for the picture. A skin tone asks for it by itself. */
const TEXT_BY_DEFAULT = /(?!\p{Emoji_Presentation})[\p{Emoji}--[0-9#*]](?!\p{Emoji_Modifier})/gv;
const KEYCAP = /[0-9#*](?=\u20e3)/g;

/**
 * The fully qualified form of an emoji (UTS #51), in which it is compared, counted and shown: one
 * emoji typed with or without its variation selectors is one reaction (CNT-22).
 */
export function qualifiedEmoji(text: string): string {
  return text
    .replace(VARIATION_SELECTORS, '')
    .replace(TEXT_BY_DEFAULT, '$&\ufe0f')
    .replace(KEYCAP, '$&\ufe0f');
}
