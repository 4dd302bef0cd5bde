package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Commands;
import dejima.acceptance.product.DemoSites;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A tenant leaves one installation with everything it has and goes on in another.
class ExportTest {
  private static final Path FOLDER = Product.newFolder("export");
  private static final GatewayProcess OLD = GatewayProcess.in(FOLDER.resolve("old"));
  private static final GatewayProcess NEW = GatewayProcess.in(FOLDER.resolve("new"));
  private static final Path ARCHIVE = FOLDER.resolve("leaving.tar.gz");
  private static final Path PASSPHRASE = FOLDER.resolve("passphrase");
  private static DemoSites sites;
  private static String receiptId;

  @BeforeAll
  static void start() throws IOException {
    sites = DemoSites.start(FOLDER, OLD.pin());
    OLD.configured("builtin:demo-declared", sites.entries(), "").start();
    NEW.configured("builtin:demo-declared", List.of(), "").start();
    OLD.awaitSites(4);
    Caller client =
        OLD.clientWith(
            "{\"tenant\":\"leaving\",\"project\":\"minutes\",\"defaultClass\":\"confidentiality-2\",\"requestsPerMinute\":60}");
    receiptId = client.ask(Demo.MODEL, "出島とは何ですか").expect(200).receiptId();
    OLD.receipt(
        client,
        client.ask(Demo.MODEL, "q", "Dejima-Data-Class", "my-number").expect(403).receiptId());
    OLD.receipt(client, receiptId);
    Files.writeString(PASSPHRASE, "correct horse battery\n");
    run(
            OLD,
            "export",
            "--tenant",
            "leaving",
            "--out",
            ARCHIVE.toString(),
            "--with-salts",
            "--passphrase-file",
            PASSPHRASE.toString())
        .expect(0);
  }

  @AfterAll
  static void stop() {
    OLD.close();
    NEW.close();
    sites.close();
  }

  private static Finished run(GatewayProcess gateway, String... words) {
    return Product.run(
        gateway.folder(),
        Stream.concat(
                Stream.of(words),
                Stream.of(
                    "--admin", gateway.adminUrl().toString(), "--data", gateway.data().toString()))
            .toArray(String[]::new));
  }

  private static Finished imported(Path archive, String... more) {
    return run(
        NEW,
        Stream.concat(
                Stream.of("import", archive.toString(), "--keys", OLD.keys().toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static void assertNothingOf(String tenant) throws IOException {
    assertThat(NEW.admin().get("/admin/v1/keys").text()).doesNotContain(tenant);
    try (Stream<Path> files = Files.walk(NEW.data().resolve("imported"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static Path unpacked(String name) throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolve(name));
    Commands.run(
            folder,
            Duration.ofSeconds(30),
            "tar",
            "--extract",
            "--gzip",
            "--file",
            ARCHIVE.toString())
        .expect(0);
    return folder;
  }

  private static Path packed(Path folder) {
    Path archive = FOLDER.resolve(folder.getFileName() + ".tar.gz");
    Commands.run(
            folder,
            Duration.ofSeconds(30),
            "bash",
            "-c",
            "find . -type f -printf '%P\\n' | tar --create --gzip --format=ustar --file "
                + archive
                + " --files-from -")
        .expect(0);
    return archive;
  }

  @Test
  void movesATenantWhoseOldReceiptsGoOnBeingGenuine() throws IOException {
    Path forged = unpacked("forged");
    Path receipt;
    try (Stream<Path> files = Files.walk(forged.resolve("receipts"))) {
      receipt = files.filter(file -> file.endsWith(receiptId + ".txt")).findFirst().orElseThrow();
    }
    String genuine = Files.readString(receipt);
    Commands.run(forged, Duration.ofSeconds(30), "sha256sum", "--quiet", "--check", "SHA256SUMS")
        .expect(0);
    Verifying.verify(genuine.getBytes(StandardCharsets.UTF_8), OLD.keys()).expect(0);

    Files.writeString(receipt, genuine.replace("index ", "index 1"));
    assertThat(imported(packed(forged)).expect(1).err()).contains("not as it was exported");
    assertNothingOf("leaving");

    byte[] whole = Files.readAllBytes(ARCHIVE);
    Path cut = FOLDER.resolve("cut.tar.gz");
    Files.write(cut, Arrays.copyOf(whole, whole.length * 2 / 3));
    assertThat(imported(cut).expect(1).err()).contains("truncated");
    assertNothingOf("leaving");

    assertThat(
            run(NEW, "import", ARCHIVE.toString(), "--keys", NEW.keys().toString()).expect(1).err())
        .contains("not signed by the log's key");
    assertNothingOf("leaving");

    Finished taken = imported(ARCHIVE, "--passphrase-file", PASSPHRASE.toString()).expect(0);
    assertThat(taken.out())
        .contains("imported  leaving", "every one genuine")
        .contains("keys create --tenant 'leaving' --project 'minutes' --requests-per-minute 60");

    Caller client = NEW.clientWith("{\"tenant\":\"leaving\",\"project\":\"minutes\"}");
    String served = client.get("/v1/receipts/" + receiptId).expect(200).text();
    assertThat(served).isEqualTo(genuine);
    Verifying.verify(served.getBytes(StandardCharsets.UTF_8), OLD.keys()).expect(0);
    Verifying.verify(served.getBytes(StandardCharsets.UTF_8), NEW.keys()).expect(Verifying.REFUSED);
    NEW.client("stranger").get("/v1/receipts/" + receiptId).expect(404);
    assertThat(NEW.admin().get("/admin/v1/keys").text()).contains("confidentiality-2");

    assertThat(imported(ARCHIVE).expect(1).err()).contains("already");
    run(NEW, "tenants", "forget", "leaving", "--yes").expect(0);
    try (Stream<Path> files = Files.walk(NEW.data().resolve("imported"))) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void doesNotExportWhatIsNotThereOrSecretsUnderAWeakPassphrase() throws IOException {
    Path weak = FOLDER.resolve("weak");
    Files.writeString(weak, "short\n");

    assertThat(
            run(OLD, "export", "--tenant", "nobody", "--out", FOLDER.resolve("x").toString())
                .expect(1)
                .err())
        .contains("no such tenant");
    assertThat(
            run(
                    OLD,
                    "export",
                    "--tenant",
                    "leaving",
                    "--out",
                    FOLDER.resolve("y").toString(),
                    "--with-salts",
                    "--passphrase-file",
                    weak.toString())
                .expect(1)
                .err())
        .contains("12 characters");
    assertThat(imported(FOLDER.resolve("weak"), "--as", "other").expect(1).err())
        .contains("no tar.gz");
  }
}
