package dejima.server.export;

import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.evidence.LoggedEntry;
import dejima.evidence.ReceiptForm;
import dejima.evidence.Signer;
import dejima.gateway.Credential;
import dejima.gateway.TenantSalt;
import dejima.server.http.Receipts;
import dejima.server.policy.PolicyArchive;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// Writes everything of one tenant into a directory, and that into an archive. What an interrupted
/// run has written of receipts is kept by the next.
///
/// @param log what is exported from
/// @param publicLog directory of its public files
/// @param receipts makes receipts
/// @param policies the bundles that decided
/// @param signer signs manifests
/// @param clock dates exports
public record Exporter(
    EvidenceLog log,
    Path publicLog,
    Receipts receipts,
    PolicyArchive policies,
    Signer signer,
    InstantSource clock) {
  /// How far a run is.
  ///
  /// @param done requests that are written
  /// @param total how many there are
  record Progress(AtomicLong done, AtomicLong total) {
    static Progress none() {
      return new Progress(new AtomicLong(), new AtomicLong());
    }
  }

  /// Writes the export.
  ///
  /// @param tenant what is known of the tenant
  /// @param credential any key of it, for the salts of its receipts
  /// @param salts its salt keys and the passphrase for them, if they go along
  /// @param directory to write in; what is there of an earlier run is kept or replaced
  void write(
      TenantFile tenant,
      Credential credential,
      Optional<Sealed> salts,
      Path directory,
      Progress progress)
      throws IOException {
    log.scan(
        Instant.EPOCH,
        (kind, of) -> ends(kind) && of.equals(tenant.pseudonym()),
        _ -> progress.total().incrementAndGet());
    Set<String> bundles = new TreeSet<>();
    LogFiles tiles = new LogFiles(publicLog, directory.resolve("log"));
    Files.createDirectories(directory);
    try (IndexFiles index = new IndexFiles(directory)) {
      log.scan(
          Instant.EPOCH,
          (kind, of) -> ends(kind) && of.equals(tenant.pseudonym()),
          end -> {
            request(end, credential, directory, index);
            tiles.add(end.index());
            end.body()
                .object("policy")
                .flatMap(policy -> policy.string("hash"))
                .ifPresent(bundles::add);
            progress.done().incrementAndGet();
          });
    }
    tiles.copy();
    bundles(bundles, directory);
    Files.writeString(directory.resolve("log").resolve("log.vkey"), log.key().text() + "\n");
    Files.write(directory.resolve(TenantFile.FILE), tenant.json().canonicalBytes());
    Files.writeString(directory.resolve("README.txt"), About.TEXT);
    Files.deleteIfExists(directory.resolve(SaltFile.FILE));
    if (salts.isPresent()) {
      Files.write(directory.resolve(SaltFile.FILE), salts.get().file());
    }
    Manifest.write(
        directory, names(directory), tenant.pseudonym(), clock.instant().toString(), signer);
  }

  private static boolean ends(Kind kind) {
    return kind == Kind.OUTCOME || kind == Kind.REFUSAL;
  }

  /// Salt keys under a passphrase.
  ///
  /// @param periods the keys
  /// @param passphrase under which they travel
  /// @param random must be fit for secrets
  record Sealed(List<TenantSalt.Period> periods, String passphrase, RandomGenerator random) {
    byte[] file() {
      return AgeFile.seal(SaltFile.bytes(periods), passphrase, random);
    }
  }

  private void request(LoggedEntry end, Credential credential, Path directory, IndexFiles index) {
    String id = end.body().string("id").orElse("");
    String day =
        Instant.ofEpochMilli(end.body().integer("time").orElse(0L))
            .atZone(ZoneOffset.UTC)
            .toLocalDate()
            .toString();
    String name = "receipts/" + day + "/" + id + ".txt";
    Path file = directory.resolve(name);
    try {
      boolean there = Files.exists(file) || receipt(credential, id, file);
      index.add(end, there ? Optional.of(name) : Optional.empty());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private boolean receipt(Credential credential, String id, Path file) throws IOException {
    return switch (receipts.find(credential, id, ReceiptForm.PROOF)) {
      case Receipts.Answer.Found(_, var bytes) -> {
        Path draft = Files.createDirectories(file.resolveSibling("")).resolve(id + ".part");
        Files.write(draft, bytes.getBytes());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        yield true;
      }
      case Receipts.Answer.Later _, Receipts.Answer.Failed _ -> false;
    };
  }

  private void bundles(Set<String> hashes, Path directory) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("policies"));
    for (String hash : hashes) {
      Json.Members files = Json.object();
      policies.files(hash).ifPresent(all -> all.forEach(files::put));
      Files.write(folder.resolve(hash + ".json"), files.build().canonicalBytes());
    }
  }

  /// Every file but the manifest's own, sorted.
  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .filter(name -> !name.equals(Manifest.SUMS) && !name.equals(Manifest.NOTE))
          .filter(name -> !name.endsWith(".part"))
          .sorted()
          .toList();
    }
  }

  /// Packs a directory that [#write] has filled.
  static void pack(Path directory, Path archive) throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)))) {
      TarWriter tar = new TarWriter(out);
      tar.add(Manifest.NOTE, directory.resolve(Manifest.NOTE));
      tar.add(Manifest.SUMS, directory.resolve(Manifest.SUMS));
      for (String name : names(directory)) {
        tar.add(name, directory.resolve(name));
      }
      tar.end();
    }
  }
}
