/**
 * One emoji is one reaction, with its variation selectors or without (CNT-22). `qualified_emoji` is
 * set up by `migrate`. Counts of forms that become one are added up.
 */
export const migration0008 = `
update reactions set emoji = qualified_emoji(emoji) where emoji <> qualified_emoji(emoji);
insert into reaction_counts (conversation, seq, emoji, count)
  select conversation, seq, qualified_emoji(emoji), count from reaction_counts
  where emoji <> qualified_emoji(emoji)
  on conflict (conversation, seq, emoji) do update set count = count + excluded.count;
delete from reaction_counts where emoji <> qualified_emoji(emoji);
`;
