-- A tenant's salt keys, one for each period of time, so that what is older can be destroyed while
-- the tenant stays. Receipts whose period's key was destroyed, but which were not meant by it, keep
-- the salt that it gave them.
CREATE TABLE salt_period (
    tenant       text NOT NULL REFERENCES tenant,
    since        timestamptz NOT NULL,
    salt_key     bytea CHECK (octet_length(salt_key) = 32),
    destroyed_at timestamptz,
    PRIMARY KEY (tenant, since),
    CHECK ((salt_key IS NULL) = (destroyed_at IS NOT NULL))
);

INSERT INTO salt_period (tenant, since, salt_key, destroyed_at)
SELECT pseudonym, 'epoch', salt_key, forgotten_at FROM tenant;

CREATE TABLE kept_salt (
    tenant  text NOT NULL,
    receipt text NOT NULL,
    since   timestamptz NOT NULL,
    salt    bytea NOT NULL CHECK (octet_length(salt) = 32),
    PRIMARY KEY (tenant, receipt),
    FOREIGN KEY (tenant, since) REFERENCES salt_period
);

ALTER TABLE tenant DROP CONSTRAINT forgotten_entirely;
ALTER TABLE tenant DROP COLUMN salt_key;
ALTER TABLE tenant ADD CONSTRAINT forgotten_entirely CHECK ((forgotten_at IS NULL) = (name IS NOT NULL));
