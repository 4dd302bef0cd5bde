package dejima.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import dejima.acceptance.site.Script;
import dejima.acceptance.site.StubWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A tenant's earlier salts are destroyed while it stays: nothing on the machine opens what they
/// closed, the log is whole, and the tenant's monitor is content.
class ForgetEarlierTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// Where bytes stand in some file below a folder, plain or as any text that could be decoded.
  private static List<Path> holding(Path folder, byte[] wanted) throws IOException {
    String text = Base64.getEncoder().encodeToString(wanted);
    List<String> forms =
        List.of(
            new String(wanted, ISO_8859_1),
            text,
            Base64.getUrlEncoder().withoutPadding().encodeToString(wanted),
            HexFormat.of().formatHex(wanted),
            within(text, 0),
            within(text, 1),
            within(text, 2));
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, forms)).toList();
    }
  }

  /// What stands for a text inside of base64 of something longer, as receipts have it, when so many
  /// bytes of a group of three come before it.
  private static String within(String text, int before) {
    String encoded =
        Base64.getEncoder().encodeToString(("x".repeat(before) + text).getBytes(ISO_8859_1));
    return encoded.substring(4, encoded.length() - 4);
  }

  private static boolean holds(Path file, List<String> forms) {
    try {
      String content = Files.readString(file, ISO_8859_1);
      return forms.stream().anyMatch(content::contains);
    } catch (IOException gone) {
      return false; // a running database removes files
    }
  }

  private static byte[] salt(String receipt) {
    JsonNode extra = Verifying.extra(receipt);
    return Base64.getDecoder().decode(extra.path("salt").asText());
  }

  private static Finished tenants(GatewayProcess gateway, String... words) {
    return Product.run(
            gateway.folder(),
            Stream.concat(
                    Stream.of("tenants"),
                    Stream.concat(
                        Stream.of(words),
                        Stream.of(
                            "--admin",
                            gateway.adminUrl().toString(),
                            "--data",
                            gateway.data().toString())))
                .toArray(String[]::new))
        .expect(0);
  }

  private static Finished monitor(GatewayProcess gateway, Path kept) {
    return Product.run(
        kept.resolveSibling("monitoring"),
        "monitor",
        gateway.url() + "/log",
        "-k",
        gateway.keys().toString(),
        "--once",
        "--receipts",
        kept.toString());
  }

  private static String exported(GatewayProcess gateway) {
    gateway.admin().post("/admin/v1/exports", "{\"tenant\":\"stub-tenant\"}").expect(202);
    String id =
        gateway.admin().get("/admin/v1/keys").json().path("keys").get(0).path("pseudonym").asText();
    Eventually.holds(
        PATIENCE,
        () -> gateway.admin().get("/admin/v1/exports/" + id).text().contains("\"ready\""),
        () -> gateway.admin().get("/admin/v1/exports/" + id).text());
    return id;
  }

  @Test
  void leavesNothingThatOpensWhatWasClosedBefore() throws IOException {
    try (StubWorld world = new StubWorld("earlier")) {
      world.domestic("home", "m", Script.answers());
      world.start("");
      GatewayProcess gateway = world.gateway();
      Caller client = world.client();
      Path kept = Files.createDirectories(Product.newFolder("earlier").resolve("kept"));
      Files.createDirectories(kept.resolveSibling("monitoring"));
      String early = client.ask("m", "long ago").expect(200).receiptId();
      String before = gateway.receipt(client, early);
      Files.writeString(kept.resolve("1.txt"), before);
      byte[] salt = salt(before);
      assertThat(salt).hasSizeGreaterThanOrEqualTo(16);
      String export = exported(gateway);
      assertThat(holding(gateway.data(), salt)).isNotEmpty();

      tenants(gateway, "rotate", "stub-tenant");
      Eventually.holds(
          PATIENCE,
          () -> {
            String[] receipt = {
              gateway.receipt(client, client.ask("m", "lately").expect(200).receiptId())
            };
            try (Stream<Path> files = Files.list(kept)) {
              Files.writeString(kept.resolve((files.count() + 1) + ".txt"), receipt[0]);
            } catch (IOException failed) {
              throw new java.io.UncheckedIOException(failed);
            }
            return tenants(
                    gateway, "forget", "stub-tenant", "--yes", "--before", Instant.now().toString())
                .out()
                .contains("periods destroyed  1");
          },
          () -> "the period did not end");

      client.get("/v1/receipts/" + early).expect(410);
      gateway.admin().get("/admin/v1/exports/" + export).expect(404);
      assertThat(gateway.data().resolve("exports").resolve(export)).doesNotExist();
      String after = gateway.receipt(client, client.ask("m", "now").expect(200).receiptId());
      Files.writeString(kept.resolve("z.txt"), after);
      Verifying.verify(after.getBytes(UTF_8), gateway.keys()).expect(0);
      Verifying.verify(before.getBytes(UTF_8), gateway.keys()).expect(0);
      assertThat(monitor(gateway, kept).expect(0).out()).contains("sound");
      exported(gateway);
      assertThat(holding(gateway.data(), salt)).isEmpty();
      assertThat(holding(gateway.data(), salt(after))).as("the search finds salts").isNotEmpty();
      gateway.stop();
      assertThat(holding(gateway.data(), salt)).isEmpty();
    }
  }
}
