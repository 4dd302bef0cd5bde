package dejima.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dejima.acceptance.product.Caller;
import dejima.acceptance.product.Commands;
import dejima.acceptance.product.DemoSites;
import dejima.acceptance.product.Eventually;
import dejima.acceptance.product.Finished;
import dejima.acceptance.product.GatewayProcess;
import dejima.acceptance.product.Product;
import dejima.acceptance.product.Verifying;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A tenant leaves one installation with everything it has and goes on in another.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExportTest {
  private static final Path FOLDER = Product.newFolder("export");
  private static final GatewayProcess OLD =
      GatewayProcess.in(FOLDER.resolve("old")).called("dejima.localhost/old");
  private static final GatewayProcess NEW =
      GatewayProcess.in(FOLDER.resolve("new")).called("dejima.localhost/new");
  private static final Path ARCHIVE = FOLDER.resolve("leaving.tar.gz");
  private static final Path PASSPHRASE = FOLDER.resolve("passphrase");
  private static DemoSites sites;
  private static String receiptId;

  @BeforeAll
  static void start() throws IOException {
    sites = DemoSites.start(FOLDER, OLD.pin(), NEW.pin());
    OLD.configured("builtin:demo-declared", sites.entries(), "").start();
    NEW.configured("builtin:demo-declared", sites.entries(), "").start();
    OLD.awaitSites(4);
    NEW.awaitSites(4);
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
  @Order(Integer.MAX_VALUE)
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
    followsTheTenantAcrossTheMove(client);

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

  /// The tenant's monitor at the new installation holds both logs' receipts against each other.
  private static void followsTheTenantAcrossTheMove(Caller client) throws IOException {
    Path kept = Files.createDirectories(FOLDER.resolve("kept"));
    Path old = unpacked("moved");
    try (Stream<Path> files = Files.walk(old.resolve("receipts"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, kept.resolve(String.valueOf(file.getFileName())));
      }
    }
    for (int i = 0; i < 2; i++) {
      String id = client.ask(Demo.MODEL, "and here?").receiptId();
      Files.writeString(kept.resolve(id + ".txt"), NEW.receipt(client, id));
    }
    Path keys = FOLDER.resolve("both-logs");
    Files.writeString(
        keys,
        Files.readString(NEW.keys()).replace("quorum none\n", "log " + vkey() + "\nquorum none\n"));

    assertThat(monitor(kept, keys).expect(0).out()).contains("sound");
    Files.delete(kept.resolve(receiptId + ".txt"));
    assertThat(monitor(kept, keys).expect(3).out()).contains("GAP");
  }

  private static Finished monitor(Path kept, Path keys) {
    return Product.run(
        FOLDER,
        "monitor",
        NEW.url() + "/log",
        "-k",
        keys.toString(),
        "--origin",
        "dejima.localhost/new",
        "--once",
        "--receipts",
        kept.toString());
  }

  private static Path repacked(Path folder, String name, String... tar) {
    Path archive = FOLDER.resolve(name + ".tar.gz");
    Commands.run(
            folder,
            Duration.ofSeconds(30),
            Stream.concat(
                    Stream.of(
                        "tar",
                        "--create",
                        "--gzip",
                        "--format=ustar",
                        "--file",
                        archive.toString()),
                    Stream.of(tar))
                .toArray(String[]::new))
        .expect(0);
    return archive;
  }

  @Test
  void refusesWhatIsAddedLeftOutLinkedOrNamedToLeadElsewhere() throws IOException {
    Path folder = unpacked("hostile");
    Files.writeString(folder.resolve("besides.txt"), "nobody signed this");
    assertThat(imported(packed(folder), "--as", "h1").expect(1).err()).contains("nobody signed");
    Files.delete(folder.resolve("besides.txt"));

    Path elsewhere =
        repacked(
            folder, "elsewhere", "--transform=s,README.txt,../../../evil.txt,", "-P", "README.txt");
    assertThat(imported(elsewhere, "--as", "h2").expect(1).err()).contains("name");
    assertThat(NEW.data().resolve("evil.txt")).doesNotExist();
    assertThat(NEW.data().resolve("imported/evil.txt")).doesNotExist();

    Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/hostname"));
    Path linked = repacked(folder, "linked", "link", "manifest.note");
    assertThat(imported(linked, "--as", "h3").expect(1).err()).contains("plain files");
    Files.delete(folder.resolve("link"));

    Path zeros = Files.write(folder.resolve("zeros"), new byte[64 << 20]);
    Path bomb = repacked(folder, "bomb", "zeros");
    assertThat(imported(bomb, "--as", "h4").expect(1).err()).contains("more than an export");
    Files.delete(zeros);

    Files.delete(folder.resolve("index.csv"));
    assertThat(imported(packed(folder), "--as", "h5").expect(1).err())
        .contains("index.csv is missing");
    assertThat(NEW.admin().get("/admin/v1/keys").text()).doesNotContain("\"h5\"");
    assertThat(NEW.data().resolve("imported/.staging")).isEmptyDirectory();
    assertThat(NEW.data().resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void goesOnWithAnExportAfterBothEndsWereInterrupted() throws IOException {
    Path archive = FOLDER.resolve("again.tar.gz");
    String[] export = {"export", "--tenant", "leaving", "--out", archive.toString()};
    byte[] before = Files.readAllBytes(ARCHIVE);
    Files.write(FOLDER.resolve("again.tar.gz.part"), Arrays.copyOf(before, before.length / 2));
    String asked =
        OLD.admin().post("/admin/v1/exports", "{\"tenant\":\"leaving\"}").expect(202).text();
    OLD.kill();
    assertThat(run(OLD, export).expect(1).err()).contains("No Dejima answers");
    OLD.start().awaitSites(4);

    run(OLD, export).expect(0);

    assertThat(asked).contains("t_");
    assertThat(FOLDER.resolve("again.tar.gz.part")).doesNotExist();
    assertThat(OLD.data().resolve("exports")).isEmptyDirectory();
    Path folder = FOLDER.resolve("again");
    Files.createDirectories(FOLDER.resolve("again.unpacking/left-behind"));
    run(OLD, "export", "--tenant", "leaving", "--out", folder.toString()).expect(0);
    Commands.run(folder, Duration.ofSeconds(30), "sha256sum", "--quiet", "--check", "SHA256SUMS")
        .expect(0);
    assertThat(FOLDER.resolve("again.unpacking")).doesNotExist();
  }

  @Test
  void leavesNothingOfAnUploadThatAKillInterrupted() throws IOException {
    byte[] whole = Files.readAllBytes(ARCHIVE);
    try (Socket half = new Socket(InetAddress.getLoopbackAddress(), NEW.adminUrl().getPort())) {
      String head =
          "POST /admin/v1/imports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                  .formatted(NEW.adminToken())
              + "Dejima-Log-Key: %s\r\nContent-Length: %d\r\n\r\n".formatted(vkey(), whole.length);
      half.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      half.getOutputStream().write(whole, 0, whole.length / 2);
      half.getOutputStream().flush();
      Eventually.holds(
          Duration.ofSeconds(10),
          () -> files(NEW.data().resolve("scratch")) == 1,
          () -> "no upload began");
      NEW.kill();
    }
    NEW.start();

    assertThat(NEW.data().resolve("scratch")).doesNotExist();
    NEW.awaitSites(4);
    assertThat(NEW.admin().get("/admin/v1/keys").text()).doesNotContain("leaving");
  }

  private static int files(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? 0 : names.length;
  }

  private static String vkey() throws IOException {
    return Files.readAllLines(OLD.keys()).stream()
        .filter(line -> line.startsWith("log "))
        .findFirst()
        .orElseThrow()
        .substring("log ".length());
  }
}
