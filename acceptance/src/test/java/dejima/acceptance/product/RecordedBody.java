package dejima.acceptance.product;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/// A body out of a receipt, with its place in the log.
///
/// @param index its place, from 0
/// @param body what it says
public record RecordedBody(long index, JsonNode body) {
  /// The intents and the end of a request, in order.
  public static List<RecordedBody> in(String receipt) {
    JsonNode extra = Verifying.extra(receipt);
    List<RecordedBody> bodies = new ArrayList<>();
    extra
        .path("intents")
        .forEach(intent ->
            bodies.add(new RecordedBody(intent.path("index").asLong(), intent.path("body"))));
    long index =
        receipt
            .lines()
            .filter(line -> line.startsWith("index "))
            .mapToLong(line -> Long.parseLong(line.substring("index ".length())))
            .findFirst()
            .orElseThrow();
    bodies.add(new RecordedBody(index, extra.path("body")));
    return bodies;
  }

  /// Its number within its tenant, from 1.
  public long sequence() {
    return body.path("sequence").asLong();
  }

  /// How a request ended, empty for an intent.
  public String finish() {
    return body.path("finish").asText();
  }

  /// Base64 SHA-256 of its canonical form.
  public String hash() {
    return Base64.getEncoder()
        .encodeToString(PublicLog.sha256(body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /// The entry that stands for it in the public log.
  public byte[] entry() {
    byte[] hash = PublicLog.sha256(body.toString().getBytes(StandardCharsets.UTF_8));
    byte[] entry = new byte[hash.length + 1];
    entry[0] = 1;
    System.arraycopy(hash, 0, entry, 1, hash.length);
    return entry;
  }

  /// Fails unless these bodies of one tenant can stand in one sequence without a gap: numbers
  /// follow the log's order, neighbours are chained by hash, and no number is skipped, which would
  /// make a number run ahead of the place in the log. `others` is how many entries of other
  /// tenants, such as the policy's, may stand between.
  public static void assertChained(List<RecordedBody> bodies, long others) {
    List<RecordedBody> sorted =
        bodies.stream().sorted(Comparator.comparingLong(RecordedBody::index)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      RecordedBody before = sorted.get(i - 1);
      RecordedBody after = sorted.get(i);
      long numbers = after.sequence() - before.sequence();
      long places = after.index() - before.index();
      if (numbers < 1 || places < numbers || places > numbers + others) {
        throw new AssertionError("a gap between\n" + before + "\nand\n" + after);
      }
      if (numbers == 1 && !after.body().path("previous").asText().equals(before.hash())) {
        throw new AssertionError("not chained:\n" + before + "\nand\n" + after);
      }
    }
  }
}
