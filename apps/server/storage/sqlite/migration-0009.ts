const MEDIA_BYTES = (row: 'new' | 'old'): string =>
  `(case ${row}.state when 3 then ${row}.size when 4 then 0 else ${row}.upload_size end)`;

const COUNT_NEW = `
  insert into media_usage (account, bytes) values (new.account, ${MEDIA_BYTES('new')})
    on conflict (account) do update set bytes = bytes + excluded.bytes;
  update media_total set bytes = bytes + ${MEDIA_BYTES('new')};`;

const UNCOUNT_OLD = `
  update media_usage set bytes = bytes - ${MEDIA_BYTES('old')} where account = old.account;
  update media_total set bytes = bytes - ${MEDIA_BYTES('old')};`;

/**
 * What accounts store, kept up to date so that quotas need no look at every entry or file: payload bytes in
 * the log by author, file bytes by uploader, and each of all together.
 */
export const migration0009 = `
create table log_usage (account integer primary key, bytes integer not null) strict;
create table log_total (bytes integer not null) strict;
insert into log_usage (account, bytes)
  select author, sum(length(payload)) from (
    select author, payload from entries union all select author, payload from recent_entries
  ) where author is not null and payload is not null group by author;
insert into log_total (bytes) select coalesce(sum(bytes), 0) from log_usage;
create index scheduled_posts_author on scheduled_posts (author);

create table media_usage (account integer primary key, bytes integer not null) strict;
create table media_total (bytes integer not null) strict;
insert into media_usage (account, bytes)
  select account, sum(${MEDIA_BYTES('new')}) from media as new group by account;
insert into media_total (bytes) select coalesce(sum(bytes), 0) from media_usage;
create trigger media_counted after insert on media begin ${COUNT_NEW} end;
create trigger media_uncounted after delete on media begin ${UNCOUNT_OLD} end;
create trigger media_recounted after update of account, state, size, upload_size on media
  begin ${UNCOUNT_OLD} ${COUNT_NEW} end;
`;
