/** Which conversation holds an account's own state: one each, made with its first use. */
export const migration0004 = `
create table own_logs (account integer primary key, conversation integer not null unique) strict;
`;
