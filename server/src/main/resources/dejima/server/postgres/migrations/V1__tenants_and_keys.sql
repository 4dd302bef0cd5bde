-- Who may use the gateway. Evidence names a tenant by its pseudonym only.
CREATE TABLE tenant (
    pseudonym  text PRIMARY KEY,
    name       text NOT NULL UNIQUE,
    salt_key   bytea NOT NULL CHECK (octet_length(salt_key) = 32),
    created_at timestamptz NOT NULL
);

CREATE TABLE project (
    tenant        text NOT NULL REFERENCES tenant,
    name          text NOT NULL,
    default_class text,
    PRIMARY KEY (tenant, name)
);

-- A key is shown once; what is kept is the SHA-256 of its secret part.
CREATE TABLE api_key (
    id                  text PRIMARY KEY,
    secret_hash         bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    tenant              text NOT NULL,
    project             text NOT NULL,
    requests_per_minute integer NOT NULL CHECK (requests_per_minute >= 0),
    tokens_per_minute   bigint NOT NULL CHECK (tokens_per_minute >= 0),
    concurrent          integer NOT NULL CHECK (concurrent >= 0),
    created_at          timestamptz NOT NULL,
    expires_at          timestamptz,
    revoked_at          timestamptz,
    FOREIGN KEY (tenant, project) REFERENCES project
);
