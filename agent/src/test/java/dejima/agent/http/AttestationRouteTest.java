package dejima.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.agent.PinnedKey;
import dejima.agent.config.AgentConfig.AttestationFiles;
import dejima.agent.config.Limits;
import dejima.evidence.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A gateway asks a real agent for attestation over mutual TLS.
final class AttestationRouteTest {
  private static final String NONCE = "ab".repeat(32);

  @TempDir private Path directory;
  private RunningSite site;

  @BeforeEach
  void start() throws Exception {
    site = new RunningSite(directory, ScriptedEngine.ready((_, _) -> {}), Limits.USUAL);
  }

  @AfterEach
  void stop() throws Exception {
    site.stop();
  }

  private RunningSite.Answer ask(String nonce) throws Exception {
    return site.get("/dejima/v1/attestation?nonce=" + nonce);
  }

  @Test
  void offersWhatTheOperatorsToolsLeftAndKeepsTheNonceForThem() throws Exception {
    Files.write(directory.resolve("report.bin"), new byte[] {1, 2});
    Files.writeString(directory.resolve("gpu.json"), "[]");

    RunningSite.Answer answer = ask(NONCE);

    assertThat(answer.response().statusCode()).isEqualTo(200);
    assertThat(Json.read(answer.body().getBytes()).orThrow())
        .isEqualTo(
            Json.object()
                .put("v", 1)
                .put("snpReport", Base64.getEncoder().encodeToString(new byte[] {1, 2}))
                .put("gpuToken", "[]")
                .build());
    assertThat(Files.readString(directory.resolve("nonce"))).isEqualTo(NONCE + "\n");
  }

  /// Two gateways with one nonce file would undo each other's nonces hour by hour.
  @Test
  void keepsFilesForEachGatewayWhereTheirPathsSaySo() {
    AttestationFiles files =
        new AttestationFiles(
            Path.of("a/{gateway}/nonce"),
            Optional.of(Path.of("a/{gateway}/report")),
            Optional.of(Path.of("a/chain.pem")),
            Optional.empty(),
            Optional.of(Path.of("a/{gateway}/gpu")),
            Optional.empty(),
            Optional.empty());
    PinnedKey one = new PinnedKey("sha256/" + "A".repeat(43) + "=");
    PinnedKey two = new PinnedKey("sha256/" + "/".repeat(42) + "8=");

    assertThat(files.of(one).nonce()).isEqualTo(Path.of("a/" + "00".repeat(32) + "/nonce"));
    assertThat(files.of(two).nonce()).isEqualTo(Path.of("a/" + "ff".repeat(32) + "/nonce"));
    assertThat(files.of(two).gpuToken()).contains(Path.of("a/" + "ff".repeat(32) + "/gpu"));
    assertThat(files.of(one).snpChain()).contains(Path.of("a/chain.pem"));
  }

  @Test
  void offersNothingWhereThereIsNothing() throws Exception {
    assertThat(ask(NONCE).body().toString()).isEqualTo("{\"v\":1}");
  }

  @Test
  void refusesAFileThatIsTooLong() throws Exception {
    Files.write(directory.resolve("report.bin"), new byte[193 * 1024]);

    assertThat(ask(NONCE).response().statusCode()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "AB", "..%2F..%2Fx", "zz"})
  void refusesWhatIsNoNonce(String nonce) throws Exception {
    assertThat(ask(nonce).response().statusCode()).isEqualTo(400);
    assertThat(directory.resolve("nonce")).doesNotExist();
  }

  /// The length of the signature data stands behind the body (Intel TDX DCAP, appendix 3).
  @ParameterizedTest
  @CsvSource({"4, 632", "5, 638", "5, 702"})
  void handsOutAQuoteWithoutTheZerosBehindIt(int version, int signed) {
    byte[] quote = new byte[signed + 4 + 200];
    ByteBuffer fields = ByteBuffer.wrap(quote).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.fill(quote, (byte) 7);
    fields.putShort(0, (short) version).putInt(signed, 200);
    if (version == 5) {
      fields.putInt(50, signed - 54);
    }
    byte[] padded = Arrays.copyOf(quote, quote.length + 333);
    byte[] dirty = padded.clone();
    dirty[quote.length + 100] = 1;

    assertThat(AttestationRoute.withoutPadding(quote)).isEqualTo(quote);
    assertThat(AttestationRoute.withoutPadding(padded)).isEqualTo(quote);
    assertThat(AttestationRoute.withoutPadding(dirty)).isEqualTo(dirty);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 53, 54, 632, 635, 636, 700})
  void leavesAsItIsWhatIsNoQuote(int length) {
    byte[] noQuote = new byte[length];
    Arrays.fill(noQuote, (byte) 0xff);

    assertThat(AttestationRoute.withoutPadding(noQuote)).isEqualTo(noQuote);
  }
}
