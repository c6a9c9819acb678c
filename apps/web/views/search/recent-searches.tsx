import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { ClockIcon } from '../../design/icons/state.tsx';
import { ListRowButton } from '../../design/list-row.tsx';
import { useTexts } from '../../language/language.tsx';
import { forgetSearches, recentSearches } from '../../view-models/search-history.ts';

/** What was looked for before, on this device only. */
export function RecentSearches({ onChoose }: { readonly onChoose: (words: string) => void }) {
  const { search } = useTexts();
  const [recent, setRecent] = useState(() => recentSearches());
  if (recent.length === 0) return <p className="search-hint">{search.hint}</p>;
  return (
    <section className="search-recent" aria-label={search.recent}>
      <header>
        <h2>{search.recent}</h2>
        <Button
          kind="plain"
          size="s"
          onClick={() => {
            forgetSearches();
            setRecent([]);
          }}
        >
          {search.forget}
        </Button>
      </header>
      {recent.map((words) => (
        <ListRowButton
          key={words}
          density="compact"
          leading={<ClockIcon />}
          title={words}
          onClick={() => onChoose(words)}
        />
      ))}
    </section>
  );
}
