package dejima.server.keys;

final class MemoryKeyStoreTest extends KeyStoreContract {
  @Override
  protected KeyStore store() {
    return new MemoryKeyStore();
  }
}
