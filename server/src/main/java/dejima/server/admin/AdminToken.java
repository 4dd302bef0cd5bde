package dejima.server.admin;

import dejima.server.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// The credential of the admin plane: a random word in a file that only its owner can read.
public final class AdminToken {
  /// The file's name within the data directory.
  public static final String FILE = "admin.token";

  private static final int BYTES = 32;

  private final String text;

  private AdminToken(String text) {
    this.text = text;
  }

  /// The token kept in a data directory, made when there is none.
  ///
  /// @param random must be fit for secrets
  public static AdminToken in(Path data, RandomGenerator random) {
    Path file = data.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        DurableFile.replace(file, HexFormat.of().formatHex(bytes));
      }
      return read(file);
    } catch (IOException failed) {
      throw new UncheckedIOException("the admin token cannot be kept in " + file, failed);
    }
  }

  /// Reads a token's file.
  ///
  /// @throws IOException if there is none, or none that is whole
  public static AdminToken read(Path file) throws IOException {
    String text = Files.readString(file).strip();
    if (text.length() < 2 * BYTES) {
      throw new IOException("the file holds no whole token; delete it to have another one made");
    }
    return new AdminToken(text);
  }

  /// Whether this is the token, in time that does not depend on where they differ.
  boolean matches(String presented) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
  }

  /// The token itself, for whoever may read the file.
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return "AdminToken";
  }
}
