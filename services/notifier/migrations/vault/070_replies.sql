-- Where a provider sends no receipts (Telegram), only what it answered to our request says which of its messages is ours:
-- so intake finds what a reply is about.
grant select (provider_key) on delivery.notice to tuntas_intake;
