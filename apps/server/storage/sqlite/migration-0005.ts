/** Files are addressed by media id. Those of posts that name a hash stay at that address, too. */
export const migration0005 = `
alter table media add column named_by_hash integer not null default 0;
update media set named_by_hash = 1 where state = 3;
`;
