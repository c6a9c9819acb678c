/**
 * Which spellings are one word, script by script. The index and every query fold with this, so a
 * change here needs `SEARCH_WORDS_VERSION` raised: indexes of another version are built again.
 */
export const SEARCH_WORDS_VERSION = 2;

/** Longer ones are found by their beginning: keys and hashes fill no index. */
const MAX_WORD_UNITS = 64;
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;
/**
 * Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel signs and tatweel, and variation
 * selectors.
 */
const OPTIONAL_MARKS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff]|[\ufe00-\ufe0f]/g;
const NOT_IN_WORDS = /[^\p{L}\p{N}\p{M}\p{Co}]/gu;

/** Letters that no Unicode decomposition takes apart, as people type them without their keyboard. */
const LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ƶ: 'z',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
  // Alef with wasla, alef maqsura and Persian yeh, ta marbuta, Persian kaf, and forms of heh.
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ے: 'ي',
  ة: 'ه',
  ک: 'ك',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
};
const OTHER_LETTERS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/** The zeros of decimal digits (Unicode `Nd`) that people type: nine more follow each. */
const ZEROS = [
  0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66,
  0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
];
const OTHER_DIGITS = new RegExp(
  `[${ZEROS.map((zero) => `${String.fromCharCode(zero)}-${String.fromCharCode(zero + 9)}`).join('')}]`,
  'g',
);

/** The Arabic article, alone or behind one of the particles that are written together with it. */
const ARTICLE = /^(?:[وفبك]?ال|لل)/;
/** A shorter rest is part of the word, as in `الله`. */
const MIN_UNITS_AFTER_ARTICLE = 3;

/** What of a word counts. Empty when nothing does. */
export function foldWord(word: string): string {
  const spelled = foldSpelling(word);
  const rest = spelled.replace(ARTICLE, '');
  return rest.length >= MIN_UNITS_AFTER_ARTICLE ? rest : spelled;
}

/**
 * The beginnings under which a word that is still being typed may stand in the index: more than one
 * while the letters after an Arabic article are too few to tell.
 */
export function foldBeginning(word: string): readonly string[] {
  const spelled = foldSpelling(word);
  const rest = spelled.replace(ARTICLE, '');
  const isOpen = rest !== '' && rest !== spelled && rest.length < MIN_UNITS_AFTER_ARTICLE;
  return isOpen ? [spelled, rest] : [foldWord(word)];
}

function foldSpelling(word: string): string {
  return word
    .replace(INVISIBLE, '')
    .slice(0, MAX_WORD_UNITS)
    .normalize('NFKD')
    .replace(OPTIONAL_MARKS, '')
    .toLowerCase()
    .replace(OTHER_LETTERS, (letter) => LETTERS[letter] ?? letter)
    .replace(OTHER_DIGITS, asciiDigit)
    .normalize('NFKC')
    .replace(NOT_IN_WORDS, '');
}

function asciiDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = ZEROS.find((each) => code >= each && code <= each + 9) ?? code;
  return String(code - zero);
}
