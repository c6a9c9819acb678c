/** Smaller stills of photos, and why something to show is kept as a file. */
export const migration0007 = `
create table media_sizes (
  media_id text not null, name text not null, hash text not null, primary key (media_id, name)
) strict, without rowid;
create index media_sizes_hash on media_sizes (hash);
alter table media add column fall_back integer not null default 0;
alter table media add column file_reason integer not null default 0;
`;
