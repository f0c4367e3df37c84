-- Failures reported before the answer to the request that they are of; see services/notifier/delivery/early.py.
create table delivery.early (
    provider_key text primary key,       -- keyed hash of the provider's id
    notice text,                         -- ours, where the provider gave it back
    receipt text not null,               -- contracts.intake.StoredReceipt: keys, a status, a code
    at timestamptz not null default now()
);
grant select, insert, delete on delivery.early to tuntas_notifier;
