/**
 * Entries that came in wide batches, in order of arrival until they are folded into `entries`: a commit
 * for a hundred conversations then dirties a few pages at one right edge instead of one page each.
 */
export const migration0002 = `
create table recent_entries (
  position integer primary key, id integer not null unique, kind integer not null, author integer,
  sent_at integer not null, append_id blob not null, target_seq integer not null, silent integer not null,
  signed integer not null, payload blob, revision_seq integer, redacted integer not null default 0,
  taken_down_reason text
) strict;

create index recent_entries_edits on recent_entries ((id >> 32), target_seq) where kind = 2;
`;
