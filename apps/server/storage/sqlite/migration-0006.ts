/** What admins see of an invite's uses until the interval of the last change is over, also after a restart. */
export const migration0006 = `
alter table channel_invites add column uses_before integer not null default 0;
alter table channel_invites add column uses_changed_at integer not null default 0;
`;
