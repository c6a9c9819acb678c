import './emoji-grid.css';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { SearchField } from '../../design/search-field.tsx';
import { useLanguage } from '../../language/language.tsx';
import {
  type EmojiWords,
  emojiGroups,
  findEmoji,
  loadEmojiWords,
  quickReactions,
} from '../../view-models/log-emoji.ts';

interface EmojiGridProps {
  readonly onPick: (emoji: string) => void;
  /** A first row of what is picked most. */
  readonly quick?: boolean | undefined;
}

/** Emoji to choose from, by words or by sight; arrow keys move among them. */
export function EmojiGrid({ onPick, quick }: EmojiGridProps) {
  const { code, texts } = useLanguage();
  const words = useEmojiWords(code);
  const [query, setQuery] = useState('');
  const found = query.trim() === '' ? undefined : findEmoji(query, words);
  const channel = texts.channel;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys are those of the buttons inside.
    <div className="emoji-grid" onKeyDown={moveAmongEmoji}>
      {quick ? <EmojiRow emoji={quickReactions} label={channel.reactions} onPick={onPick} /> : null}
      <SearchField
        label={channel.findEmoji}
        clearLabel={channel.clearSearch}
        placeholder={channel.findEmoji}
        value={query}
        onChange={setQuery}
      />
      <div className="emoji-scroller">
        {found?.length === 0 ? <p className="emoji-none">{channel.noEmoji}</p> : null}
        {found && found.length > 0 ? (
          <EmojiRow emoji={found} label={channel.findEmoji} onPick={onPick} />
        ) : null}
        {found
          ? null
          : emojiGroups.map(([group, all]) => (
              <section key={group}>
                <h2>{channel.emojiGroups[group]}</h2>
                <EmojiRow
                  emoji={all.split(' ')}
                  label={channel.emojiGroups[group]}
                  onPick={onPick}
                />
              </section>
            ))}
      </div>
    </div>
  );
}

interface EmojiRowProps {
  readonly emoji: readonly string[];
  readonly label: string;
  readonly onPick: (emoji: string) => void;
}

function EmojiRow({ emoji, label, onPick }: EmojiRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div className="emoji-row" role="group" aria-label={label}>
      {emoji.map((each, index) => (
        <button
          key={each}
          type="button"
          className="emoji"
          tabIndex={index === 0 ? 0 : -1}
          onClick={() => onPick(each)}
        >
          {each}
        </button>
      ))}
    </div>
  );
}

/** Left and right go on to the next one, up and down to the one nearest in the next line. */
function moveAmongEmoji(event: KeyboardEvent<HTMLElement>): void {
  if (!(event.target instanceof HTMLButtonElement) || !event.key.startsWith('Arrow')) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.emoji')];
  const at = all.indexOf(event.target);
  if (at < 0) return;
  event.preventDefault();
  const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
  const forth = rtl ? 'ArrowLeft' : 'ArrowRight';
  const back = rtl ? 'ArrowRight' : 'ArrowLeft';
  if (event.key === forth) all[at + 1]?.focus();
  else if (event.key === back) all[at - 1]?.focus();
  else nearestInLine(all, at, event.key === 'ArrowDown' ? 1 : -1)?.focus();
}

function nearestInLine(
  all: readonly HTMLButtonElement[],
  at: number,
  direction: 1 | -1,
): HTMLButtonElement | undefined {
  const from = all[at]?.getBoundingClientRect();
  if (!from) return undefined;
  const beyond = all.filter((each) => {
    const by = each.getBoundingClientRect().top - from.top;
    return direction * by > from.height / 2;
  });
  const distance = (each: HTMLElement) => {
    const box = each.getBoundingClientRect();
    return Math.abs(box.top - from.top) * 100 + Math.abs(box.left - from.left);
  };
  return beyond.reduce<HTMLButtonElement | undefined>(
    (best, each) => (best && distance(best) <= distance(each) ? best : each),
    undefined,
  );
}

function useEmojiWords(language: string): EmojiWords {
  const [words, setWords] = useState<EmojiWords>({});
  useEffect(() => {
    loadEmojiWords(language).then(setWords, () => undefined);
  }, [language]);
  return words;
}
