/** Where devices are woken by Web Push. One place wakes one device: an endpoint belongs to its last owner. */
export const migration0003 = `
create table push_subscriptions (
  device_id text primary key, account integer not null, endpoint text not null unique, p256dh blob not null,
  auth blob not null, created_at integer not null
) strict, without rowid;
create index push_subscriptions_account on push_subscriptions (account);
`;
