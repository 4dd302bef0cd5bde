package dejima.agent.builtin.model;

import dejima.agent.builtin.BuiltinEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The shipped model's bytes, for tests.
final class ModelFiles {
  private ModelFiles() {}

  static byte[] shipped() {
    try (InputStream in = BuiltinEngine.class.getResourceAsStream("builtin-selftest.gguf")) {
      if (in == null) {
        throw new AssertionError("the model is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
