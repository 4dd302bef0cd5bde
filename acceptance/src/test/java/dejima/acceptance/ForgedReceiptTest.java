package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import dejima.audit.PolicyReplay;
import dejima.evidence.GroundsCheck;
import dejima.evidence.NoteSecret;
import dejima.evidence.Openings;
import dejima.evidence.ReceiptJudges;
import dejima.evidence.ReceiptVerifier;
import dejima.evidence.Verification;
import dejima.evidence.VerificationKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Receipts that somebody has changed: every one is refused, the same by the process that users run
/// and, in larger number, by the verifier that it runs.
@ExtendWith(Demo.Shared.class)
class ForgedReceiptTest {
  private static final int FLIPS = 1_500;

  @Test
  void refusesEveryKindOfForgery(Demo demo) {
    String first = receipt(demo, "出島とは何ですか");
    String second = receipt(demo, "こんにちは");

    forgeries(first, second)
        .forEach((kind, forged) -> {
          assertThat(forged).as(kind).isNotEqualTo(first.getBytes(StandardCharsets.UTF_8));
          assertThat(Verifying.verify(forged, demo.gateway().keys()).exit())
              .as(kind)
              .isEqualTo(Verifying.REFUSED);
        });
    Verifying.verify(first.getBytes(StandardCharsets.UTF_8), demo.gateway().keys()).expect(0);
  }

  private static String receipt(Demo demo, String question) {
    String id = demo.client().ask(Demo.MODEL, question).expect(200).receiptId();
    return demo.gateway().receipt(demo.client(), id);
  }

  private static Map<String, byte[]> forgeries(String receipt, String other) {
    List<String> lines = List.of(receipt.split("\n", -1));
    List<String> others = List.of(other.split("\n", -1));
    int blank = lines.indexOf("");
    Map<String, byte[]> forged = new LinkedHashMap<>();
    put(forged, "empty", "");
    put(forged, "cut in half", receipt.substring(0, receipt.length() / 2));
    put(forged, "without its last byte", receipt.substring(0, receipt.length() - 1));
    put(forged, "CRLF", receipt.replace("\n", "\r\n"));
    put(forged, "a byte more", receipt + "\n");
    put(forged, "garbage at the end", receipt + "garbage\n");
    put(forged, "byte order mark", "\uFEFF" + receipt);
    put(forged, "without a proof line", without(lines, 3));
    put(forged, "a proof line twice", with(lines, 3, lines.get(3)));
    put(forged, "proof lines swapped", swapped(lines, 3, 4));
    put(forged, "another index", replaced(lines, 2, "index 0"));
    put(forged, "a negative index", replaced(lines, 2, "index -1"));
    put(
        forged,
        "the index with a zero before it",
        lines.get(2).replace("index ", "index 0"),
        lines);
    put(forged, "another receipt's extra", replaced(lines, 1, others.get(1)));
    put(forged, "another receipt's proof", proofOf(others, lines, blank));
    put(forged, "another size", replaced(lines, blank + 2, "1"));
    put(forged, "another origin", replaced(lines, blank + 1, "dejima.localhost/other"));
    put(forged, "the signature twice", with(lines, lines.size() - 2, lines.get(lines.size() - 2)));
    put(forged, "no signature", without(lines, lines.size() - 2));
    put(forged, "base64 without padding", unpadded(lines));
    put(forged, "base64 with stray bits", strayBits(lines));
    put(forged, "base64url", lines.get(1).replace('+', '-').replace('/', '_'), lines);
    return forged;
  }

  private static void put(Map<String, byte[]> forged, String kind, String text) {
    forged.put(kind, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Replaces the line that starts with the same word.
  private static void put(
      Map<String, byte[]> forged, String kind, String line, List<String> lines) {
    int at = line.startsWith("index ") ? 2 : 1;
    if (!lines.get(at).equals(line)) {
      put(forged, kind, replaced(lines, at, line));
    }
  }

  private static String replaced(List<String> lines, int at, String line) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(at, line);
    return String.join("\n", changed);
  }

  private static String without(List<String> lines, int at) {
    List<String> changed = new ArrayList<>(lines);
    changed.remove(at);
    return String.join("\n", changed);
  }

  private static String with(List<String> lines, int at, String line) {
    List<String> changed = new ArrayList<>(lines);
    changed.add(at, line);
    return String.join("\n", changed);
  }

  private static String swapped(List<String> lines, int one, int two) {
    List<String> changed = new ArrayList<>(lines);
    Collections.swap(changed, one, two);
    return String.join("\n", changed);
  }

  private static String proofOf(List<String> others, List<String> lines, int blank) {
    List<String> changed = new ArrayList<>(lines.subList(0, 2));
    changed.addAll(others.subList(2, others.indexOf("")));
    changed.addAll(lines.subList(blank, lines.size()));
    return String.join("\n", changed);
  }

  private static String unpadded(List<String> lines) {
    return replaced(lines, 3, lines.get(3).replace("=", ""));
  }

  /// A 32-byte hash leaves two bits of its last character unused, which must be zero.
  private static String strayBits(List<String> lines) {
    String hash = lines.get(3);
    char last = hash.charAt(42);
    return replaced(lines, 3, hash.substring(0, 42) + (char) (last + 1) + "=");
  }

  @Test
  void refusesEveryChangedByte(Demo demo) throws IOException {
    byte[] receipt = receipt(demo, "一文字も変えられない").getBytes(StandardCharsets.UTF_8);
    VerificationKeys keys =
        VerificationKeys.parse(Files.readString(demo.gateway().keys())).orThrow();
    RandomGenerator random = new Random(20261120);

    assertThat(verdict(receipt, keys)).isInstanceOf(Verification.Verified.class);
    for (int i = 0; i < FLIPS; i++) {
      byte[] forged = receipt.clone();
      int at =
          i < receipt.length && i % 3 == 0
              ? receipt.length - 1 - i / 3
              : random.nextInt(receipt.length);
      forged[at] ^= (byte) (1 << random.nextInt(8));
      assertThat(verdict(forged, keys))
          .as("byte %d of %d", at, receipt.length)
          .isInstanceOf(Verification.Refused.class);
    }
  }

  @Test
  void refusesEveryTruncation(Demo demo) throws IOException {
    byte[] receipt = receipt(demo, "短くもできない").getBytes(StandardCharsets.UTF_8);
    VerificationKeys keys =
        VerificationKeys.parse(Files.readString(demo.gateway().keys())).orThrow();

    for (int length = 0; length < receipt.length; length += 7) {
      assertThat(verdict(Arrays.copyOf(receipt, length), keys))
          .as("%d of %d bytes", length, receipt.length)
          .isInstanceOf(Verification.Refused.class);
    }
  }

  private static Verification verdict(byte[] receipt, VerificationKeys keys) {
    return ReceiptVerifier.verify(
        receipt, keys, new ReceiptJudges(new PolicyReplay(), GroundsCheck.NONE), Openings.NONE);
  }

  @Test
  void refusesUnderAnotherKeyOfTheSameName(Demo demo) throws IOException {
    byte[] receipt = receipt(demo, "別の鍵").getBytes(StandardCharsets.UTF_8);
    NoteSecret stranger = NoteSecret.generate("dejima.localhost/acceptance", new Random(1));
    Path keys = Product.newFolder("keys").resolve("other.pub");
    Files.writeString(keys, VerificationKeys.file(stranger.key()));

    assertThat(Verifying.verify(receipt, keys).exit()).isEqualTo(Verifying.REFUSED);
  }
}
