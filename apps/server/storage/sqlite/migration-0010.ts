/** When a device was last active, to the minute: its own account sees it among its devices. */
export const migration0010 = `
create table device_activity (device_id text primary key, last_active_at integer not null) strict;
`;
