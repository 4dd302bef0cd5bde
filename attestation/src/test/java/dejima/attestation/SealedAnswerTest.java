package dejima.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dejima.evidence.Reading;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.junit.jupiter.api.Test;

/// Answers that only the asker can open, and what becomes of them on a hostile way.
final class SealedAnswerTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final X25519PrivateKeyParameters KEY = new X25519PrivateKeyParameters(RANDOM);
  private static final byte[] PUBLIC = KEY.generatePublicKey().getEncoded();

  private final SealedPrompt.Sealing asked = asked();
  private final AnswerKey site = siteSide(asked);

  private static SealedPrompt.Sealing asked() {
    return SealedPrompt.seal(new byte[] {1}, "m", "confidentiality-3", "s", Instant.EPOCH, PUBLIC);
  }

  private static AnswerKey siteSide(SealedPrompt.Sealing asked) {
    return asked.prompt().open(KEY.getEncoded(), PUBLIC).orThrow().answerKey();
  }

  /// The nonce with the first part, each further part, and the last, as they are on the wire.
  private static List<byte[]> parts(AnswerKey key, String... contents) {
    AnswerSealer sealer = key.sealing(RANDOM);
    List<byte[]> parts = new ArrayList<>();
    parts.add(sealer.begin(200, "text/event-stream"));
    for (String content : contents) {
      parts.add(sealer.more(bytes(content)));
    }
    parts.add(sealer.end());
    return parts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static Reading<byte[]> opened(AnswerKey key, byte[] answer) {
    AnswerOpener opener = key.opening();
    return opener
        .more(answer)
        .then(begun -> opener.end().then(rest -> new Reading.Read<>(joined(List.of(begun, rest)))));
  }

  private void refused(byte[] answer) {
    assertThat(opened(asked.answerKey(), answer)).isInstanceOf(Reading.Unreadable.class);
  }

  @Property(tries = 60)
  void opensWhatTheSiteSealedHoweverItComes(
      @ForAll @Size(max = 6) List<@Size(max = 40_000) byte[]> contents,
      @ForAll @IntRange(min = 1, max = 20_000) int step) {
    AnswerSealer sealer = site.sealing(RANDOM);
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(sealer.begin(418, "application/json"));
    contents.forEach(content -> wire.writeBytes(sealer.more(content)));
    wire.writeBytes(sealer.end());
    AnswerOpener opener = asked.answerKey().opening();
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    byte[] sent = wire.toByteArray();
    for (int at = 0; at < sent.length; at += step) {
      got.writeBytes(
          opener.more(Arrays.copyOfRange(sent, at, Math.min(sent.length, at + step))).orThrow());
    }
    got.writeBytes(opener.end().orThrow());

    assertThat(got.toByteArray()).isEqualTo(joined(contents));
    assertThat(opener.head()).contains(new AnswerOpener.Head(418, "application/json"));
  }

  @Test
  void givesEachPartAsSoonAsItIsThere() {
    List<byte[]> parts = parts(site, "data: one\n\n", "data: two\n\n");
    AnswerOpener opener = asked.answerKey().opening();

    assertThat(opener.more(parts.get(0)).orThrow()).isEmpty();
    assertThat(opener.more(parts.get(1)).orThrow()).isEqualTo(bytes("data: one\n\n"));
    assertThat(opener.more(parts.get(2)).orThrow()).isEqualTo(bytes("data: two\n\n"));
  }

  @Test
  void hidesTheLengthOfATokenAndEverythingElse() {
    List<byte[]> parts = parts(site, "data: a\n\n", "data: " + "long".repeat(100) + "\n\n");

    assertThat(parts.get(1)).hasSameSizeAs(parts.get(2));
    assertThat(new String(joined(parts), StandardCharsets.ISO_8859_1))
        .doesNotContain("data", "event");
  }

  @Test
  void refusesWhatWasCutOff() {
    byte[] whole = joined(parts(site, "one", "two"));

    for (int length = 0; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void refusesWhatWasReorderedDoubledDroppedOrAppended() {
    List<byte[]> p = parts(site, "one", "two", "three");
    byte[] more = p.get(1);

    refused(joined(List.of(p.get(0), p.get(2), p.get(1), p.get(3), p.get(4))));
    refused(joined(List.of(p.get(0), p.get(1), p.get(1), p.get(2), p.get(3), p.get(4))));
    refused(joined(List.of(p.get(0), p.get(1), p.get(3), p.get(4))));
    refused(joined(List.of(p.get(0), p.get(4))));
    refused(joined(List.of(p.get(0), p.get(1), p.get(2), p.get(3), p.get(4), more)));
    refused(joined(List.of(p.get(1), p.get(2), p.get(3), p.get(4))));
  }

  @Property(tries = 300)
  void refusesEveryOtherByte(
      @ForAll @IntRange(min = 0) int place, @ForAll @IntRange(min = 1, max = 255) int by) {
    byte[] whole = joined(parts(site, "one"));
    whole[place % whole.length] ^= (byte) by;

    refused(whole);
  }

  /// An answer of the same site to somebody else, or to the same asker's other question.
  @Test
  void refusesTheAnswerToAnotherPrompt() {
    SealedPrompt.Sealing other = asked();

    refused(joined(parts(siteSide(other), "theirs")));
    assertThat(opened(other.answerKey(), joined(parts(site, "ours"))))
        .isInstanceOf(Reading.Unreadable.class);
  }

  /// A part that was sealed as one of the middle ends nothing, and the last one goes on nowhere.
  @Test
  void refusesAPartInAnotherRole() {
    List<byte[]> p = parts(site, "one");
    byte[] middle = p.get(1);
    byte[] asLast = Arrays.copyOf(new byte[1], middle.length - 1);
    System.arraycopy(middle, 2, asLast, 1, middle.length - 2);

    refused(joined(List.of(p.get(0), asLast)));
  }

  @Test
  void refusesPartsThatAreTooLong() {
    byte[] nonce = new byte[32];
    AnswerOpener opener = asked.answerKey().opening();

    assertThat(opener.more(joined(List.of(nonce, HexFormat.of().parseHex("bfffffff")))))
        .isInstanceOf(Reading.Unreadable.class);
    assertThat(opener.more(new byte[0])).isInstanceOf(Reading.Unreadable.class);
    AnswerOpener endless = asked.answerKey().opening();
    assertThat(endless.more(joined(List.of(nonce, new byte[1 << 20]))))
        .isInstanceOf(Reading.Unreadable.class);
  }

  @Test
  void keepsItsKeyInAFile() {
    AnswerKey kept = AnswerKey.parse(asked.answerKey().text() + "\n").orThrow();

    assertThat(opened(kept, joined(parts(site, "one"))).orThrow()).isEqualTo(bytes("one"));
    for (String bad : List.of("", "{}", "{\"dejimaAnswerKey\":1,\"enc\":\"\",\"secret\":\"!\"}")) {
      assertThat(AnswerKey.parse(bad)).isInstanceOf(Reading.Unreadable.class);
    }
  }

  /// RFC 9458 §4.4 and draft-ietf-ohai-chunked-ohttp, calculated once more by another library.
  @Test
  void isWhatTheStandardsSay() throws Exception {
    byte[] secret = new byte[32];
    byte[] enc = new byte[32];
    RANDOM.nextBytes(secret);
    RANDOM.nextBytes(enc);
    AnswerSealer sealer = new AnswerKey(secret, enc).sealing(RANDOM);
    byte[] wire = joined(List.of(sealer.begin(200, "t"), sealer.end()));
    byte[] salt = joined(List.of(enc, Arrays.copyOf(wire, 32)));
    byte[] key = derived(secret, salt, "key", 32);
    byte[] nonce = derived(secret, salt, "nonce", 12);

    assertThat(wire[32] & 0xff).isEqualTo(0x40 | (528 >>> 8));
    assertThat(wire[33] & 0xff).isEqualTo(528 & 0xff);
    assertThat(new String(decrypted(key, nonce, "", wire, 34, 528), StandardCharsets.UTF_8))
        .startsWith("{\"contentType\":\"t\",\"status\":200}\n");
    assertThat(wire[34 + 528]).isZero();
    nonce[11] ^= 1;
    assertThat(decrypted(key, nonce, "final", wire, 35 + 528, 528))
        .isEqualTo(Arrays.copyOf(new byte[] {(byte) 0x80}, 512));
  }

  private static byte[] derived(byte[] secret, byte[] salt, String info, int length) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(new HKDFParameters(secret, salt, bytes(info)));
    byte[] out = new byte[length];
    hkdf.generateBytes(out, 0, length);
    return out;
  }

  private static byte[] decrypted(
      byte[] key, byte[] nonce, String aad, byte[] wire, int at, int length) throws Exception {
    ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
    cipher.init(false, new AEADParameters(new KeyParameter(key), 128, nonce, bytes(aad)));
    byte[] out = new byte[cipher.getOutputSize(length)];
    int done = cipher.processBytes(wire, at, length, out, 0);
    done += cipher.doFinal(out, done);
    return Arrays.copyOf(out, done);
  }

  @FuzzTest
  void neverThrows(byte[] bytes) {
    opened(asked.answerKey(), bytes);
    AnswerKey.parse(new String(bytes, StandardCharsets.UTF_8));
  }
}
