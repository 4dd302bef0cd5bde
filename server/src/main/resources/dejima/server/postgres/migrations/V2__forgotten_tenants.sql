-- A tenant that was forgotten keeps its pseudonym, which evidence names, and nothing else: neither
-- its name nor the salt key that opened its commitments.
ALTER TABLE tenant ALTER COLUMN name DROP NOT NULL;
ALTER TABLE tenant ALTER COLUMN salt_key DROP NOT NULL;
ALTER TABLE tenant ADD COLUMN forgotten_at timestamptz;
ALTER TABLE tenant ADD CONSTRAINT forgotten_entirely CHECK (
    (forgotten_at IS NULL AND name IS NOT NULL AND salt_key IS NOT NULL)
    OR (forgotten_at IS NOT NULL AND name IS NULL AND salt_key IS NULL));
