package dejima.acceptance.product;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// Receipts as their holder has them: a file, a key file and `dejima verify`.
public final class Verifying {
  /// Exit code of `dejima verify` for a receipt that it refuses.
  public static final int REFUSED = 3;

  private Verifying() {}

  /// Runs `dejima verify` on a receipt as a process of its own.
  public static Finished verify(byte[] receipt, Path keys, String... more) {
    Path folder = Product.newFolder("verify");
    Path file = write(folder.resolve("receipt.txt"), receipt);
    String[] words = new String[4 + more.length];
    words[0] = "verify";
    words[1] = file.toString();
    words[2] = "--keys";
    words[3] = keys.toString();
    System.arraycopy(more, 0, words, 4, more.length);
    return Product.run(folder, words);
  }

  /// Fetches a request's receipt, which must be genuine, and returns what its last body says.
  public static JsonNode genuine(GatewayProcess gateway, Caller client, String id) {
    String receipt = gateway.receipt(client, id);
    verify(receipt.getBytes(StandardCharsets.UTF_8), gateway.keys()).expect(0);
    return extra(receipt).path("body");
  }

  /// The JSON of a receipt's `extra` line.
  public static JsonNode extra(String receipt) {
    String line =
        receipt.lines().filter(text -> text.startsWith("extra ")).findFirst().orElseThrow();
    byte[] json = Base64.getDecoder().decode(line.substring("extra ".length()));
    return Answer.json(new String(json, StandardCharsets.UTF_8));
  }

  /// Writes a file.
  public static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
