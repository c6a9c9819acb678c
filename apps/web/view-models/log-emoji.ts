/** Emoji that people use most, by kind. What they are called stands with each language. */
export type EmojiGroup = 'smileys' | 'people' | 'hearts' | 'nature' | 'food' | 'things' | 'signs';

export const emojiGroups: readonly (readonly [EmojiGroup, string])[] = [
  [
    'smileys',
    '😀 😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 😉 😊 😇 🥰 😍 🤩 😘 😋 😛 😜 🤪 🤗 🤭 🤫 🤔 🤨 😐 😑 😶 😏 🙄 😬 😌 😔 😴 😷 🤒 🤯 🥳 😎 🤓 😕 🙁 😮 😲 🥺 😢 😭 😱 😤 😡 🤬 💀 💩 🤡 👻 👽 🤖 🙈 🙊',
  ],
  [
    'people',
    '👍 👎 👌 ✌️ 🤞 🤟 🤙 👈 👉 👆 👇 ✋ 👋 👏 🙌 🫶 🤝 🙏 ✍️ 💪 👀 🧠 🤷 🤦 🙋 💁 👨‍💻 👩‍💻 🕵️ 👑',
  ],
  ['hearts', '❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 ❤️‍🔥 💕 💯 💥 💫 💬 💤'],
  [
    'nature',
    '🔥 ✨ ⭐ 🌟 ⚡ ☀️ 🌤️ 🌙 🌈 ☔ ❄️ 🌊 🌍 🌱 🌳 🌴 🌹 🌻 🌸 🍀 🐶 🐱 🦊 🐻 🐼 🦁 🐴 🐪 🐢 🐍 🐳 🐧 🦅 🦉 🐝 🦋 🐞',
  ],
  ['food', '☕ 🍵 🍺 🍷 🍾 🍕 🍔 🍟 🥙 🍣 🍞 🧀 🍎 🍋 🍉 🍓 🌶️ 🍫 🍪 🎂'],
  [
    'things',
    '🎉 🎊 🎁 🏆 🥇 ⚽ 🏀 🎮 🎲 🎯 🎵 🎧 🎸 🎨 🎬 📷 📱 💻 ⌨️ 🖥️ 💾 🔋 💡 🔍 🔑 🔒 🔧 🔨 ⚙️ 🧪 🧯 💣 📌 📎 ✏️ 📝 📚 📰 📈 📉 📦 📣 🔔 ⏰ ⏳ 💰 💎 🚀 ✈️ 🚗 🚲 🏠 🏖️ 🗺️',
  ],
  ['signs', '✅ ☑️ ❌ ⛔ 🚫 ⚠️ ❗ ❓ ➕ ➖ ♻️ 🆕 🆗 🆘 🔴 🟡 🟢 🔵 🏁 🏳️‍🌈 🕊️ ☮️'],
];

/** What most people answer with. */
export const quickReactions: readonly string[] = ['👍', '❤️', '🔥', '🎉', '😂', '😮', '😢', '🙏'];

/** Words of an emoji, by emoji. */
export type EmojiWords = Readonly<Record<string, string>>;

/** All that carry a word beginning with each of the words asked for. */
export function findEmoji(query: string, words: EmojiWords): readonly string[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  return Object.entries(words)
    .filter(([, said]) => {
      const own = said.split(' ');
      return wanted.every((word) => own.some((each) => each.startsWith(word)));
    })
    .map(([emoji]) => emoji);
}

/** Loads what emoji are called; English where a language does not say. */
export async function loadEmojiWords(language: string): Promise<EmojiWords> {
  if (language === 'ar') return (await import('../language/ar/emoji.ts')).emoji;
  return (await import('../language/en/emoji.ts')).emoji;
}
