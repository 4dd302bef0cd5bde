package dejima.server.export;

import dejima.audit.EvidenceTrust;
import dejima.audit.PolicyReplay;
import dejima.audit.SiteEvidence;
import dejima.evidence.Json;
import dejima.evidence.NoteKey;
import dejima.evidence.Quorum;
import dejima.evidence.Reading;
import dejima.evidence.Receipt;
import dejima.evidence.ReceiptJudges;
import dejima.evidence.ReceiptVerifier;
import dejima.evidence.Verification;
import dejima.evidence.VerificationKeys;
import dejima.gateway.TenantSalt;
import dejima.server.export.TarReader.Malformed;
import dejima.server.files.Scratch;
import dejima.server.keys.KeyRequest;
import dejima.server.keys.KeyStore;
import dejima.server.keys.KeyStore.Adoption;
import dejima.server.records.KeyRecords;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Takes tenants over from other installations. An export is unpacked beside the data, its manifest
/// and every receipt are checked, and only then does everything appear at once: the files by one
/// rename, within the transaction that makes the tenant.
public final class ImportDesk {
  private static final long MOST_BYTES = 1L << 40;

  /// Hashes and base64 do not shrink; what unpacks to more than this is made to fill a disk.
  private static final long MOST_TIMES = 100;

  private static final int LONGEST_FILE = 16 << 20;

  private final KeyStore store;
  private final ImportedReceipts receipts;
  private final KeyRecords records;
  private final RandomGenerator random;
  private final InstantSource clock;

  /// What was given along with an export.
  ///
  /// @param keys the log's key, or several of it
  /// @param passphrase opens its salt keys, if they shall be taken over
  /// @param name what the tenant is called here, if not as there
  public record Terms(List<NoteKey> keys, Optional<String> passphrase, Optional<String> name) {
    /// Copies the list.
    public Terms {
      keys = List.copyOf(keys);
    }
  }

  /// What came of it.
  public sealed interface Outcome {
    /// The tenant is here.
    ///
    /// @param facts what to tell the operator, with the keys that have to be issued anew
    record Taken(Json.Obj facts) implements Outcome {}

    /// Nothing was taken.
    ///
    /// @param reason why
    record Refused(String reason) implements Outcome {}
  }

  /// Something is wrong with an export.
  private static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String reason) {
      super(reason);
    }
  }

  /// Wires the desk.
  ///
  /// @param random must be fit for secrets
  public ImportDesk(
      KeyStore store,
      ImportedReceipts receipts,
      KeyRecords records,
      RandomGenerator random,
      InstantSource clock) {
    this.store = store;
    this.receipts = receipts;
    this.records = records;
    this.random = random;
    this.clock = clock;
  }

  /// Takes an export, or says why not; then nothing of it is left.
  public Outcome take(Path archive, Terms terms) {
    try {
      Path staged = receipts.staging();
      try {
        return taken(archive, staged, terms);
      } catch (Unfit unfit) {
        return new Outcome.Refused(String.valueOf(unfit.getMessage()));
      } catch (RuntimeException failed) {
        receipts.sweep(store::knows); // the files may be in their place, and the tenant is not
        throw failed;
      } finally {
        Scratch.delete(staged);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("the import failed", failed);
    }
  }

  private Outcome taken(Path archive, Path staged, Terms terms) throws IOException {
    unpack(archive, staged);
    Manifest manifest = fit(Manifest.check(staged, terms.keys()));
    TenantFile tenant = fit(TenantFile.read(bytes(staged.resolve(TenantFile.FILE))));
    if (!tenant.pseudonym().equals(manifest.tenant())) {
      throw new Unfit("tenant.json is about another tenant than the manifest");
    }
    long checked = checkReceipts(staged, manifest, terms.keys());
    Optional<List<TenantSalt.Period>> salts = salts(staged, terms);
    String name = terms.name().orElse(tenant.name());
    requireName(name, tenant);
    Adoption adopted =
        store.adopt(
            new KeyStore.Tenancy(name, tenant.pseudonym(), tenant.projects()),
            salts.orElseGet(this::fresh),
            clock.instant(),
            () -> place(staged, manifest));
    return switch (adopted) {
      case Adoption.Taken() ->
          new Outcome.Refused(
              "There is a tenant of the name '"
                  + name
                  + "' or the pseudonym "
                  + tenant.pseudonym()
                  + " here already. Import it under another name with --as, unless it was imported before.");
      case Adoption.Done() -> {
        records.imported(tenant.pseudonym(), manifest.origin(), manifest.sums());
        yield new Outcome.Taken(facts(name, tenant, manifest, checked, salts.isPresent()));
      }
    };
  }

  private static void unpack(Path archive, Path staged) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
      long most = Math.min(MOST_BYTES, (1 << 20) + MOST_TIMES * Files.size(archive));
      new TarReader(in, most).unpack(staged);
    } catch (Malformed malformed) {
      throw new Unfit(String.valueOf(malformed.getMessage()));
    } catch (ZipException | EOFException damaged) {
      throw new Unfit("the archive is truncated or no tar.gz");
    }
  }

  private static <T> T fit(Reading<T> reading) {
    return switch (reading) {
      case Reading.Read<T>(T value) -> value;
      case Reading.Unreadable<T>(String reason) -> throw new Unfit(reason);
    };
  }

  private static byte[] bytes(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
      throw new Unfit(file.getFileName() + " is missing or too long");
    }
    return Files.readAllBytes(file);
  }

  /// Every receipt must be genuine, the tenant's, and under its own name.
  private static long checkReceipts(Path staged, Manifest manifest, List<NoteKey> keys)
      throws IOException {
    Path folder = staged.resolve("receipts");
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    VerificationKeys trusted = new VerificationKeys(keys, List.of(), new Quorum.None());
    ReceiptJudges judges =
        new ReceiptJudges(new PolicyReplay(), new SiteEvidence(EvidenceTrust.NOBODY));
    long checked = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        check(file, ReceiptVerifier.verify(bytes(file), trusted, judges), manifest);
        checked++;
      }
    }
    return checked;
  }

  private static void check(Path file, Verification verdict, Manifest manifest) {
    switch (verdict) {
      case Verification.Refused(var step, String reason) ->
          throw new Unfit(
              file.getFileName()
                  + " is not genuine: at "
                  + step.name().toLowerCase(Locale.ROOT)
                  + ": "
                  + reason);
      case Verification.Verified(Receipt receipt, _, _) -> {
        boolean own =
            receipt.body().string("tenant").equals(Optional.of(manifest.tenant()))
                && file.getFileName().toString().equals(receipt.id() + ".txt");
        if (!own) {
          throw new Unfit(file.getFileName() + " is a receipt of another request or tenant");
        }
      }
    }
  }

  private static Optional<List<TenantSalt.Period>> salts(Path staged, Terms terms)
      throws IOException {
    Path file = staged.resolve(SaltFile.FILE);
    if (terms.passphrase().isEmpty()) {
      return Optional.empty();
    }
    byte[] opened = fit(AgeFile.open(bytes(file), terms.passphrase().get()));
    return Optional.of(fit(SaltFile.read(opened)));
  }

  private List<TenantSalt.Period> fresh() {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return List.of(TenantSalt.Period.of(0, key));
  }

  private static void requireName(String name, TenantFile tenant) {
    if (tenant.projects().isEmpty()) {
      throw new Unfit("tenant.json names no project");
    }
    try {
      tenant.projects().keySet().forEach(project -> KeyRequest.requireNames(name, project));
    } catch (IllegalArgumentException unfit) {
      throw new Unfit(String.valueOf(unfit.getMessage()));
    }
  }

  private void place(Path staged, Manifest manifest) {
    try {
      receipts.place(staged, manifest.origin(), manifest.tenant());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Json.Obj facts(
      String name, TenantFile tenant, Manifest manifest, long checked, boolean salts) {
    return Json.object()
        .put("tenant", name)
        .put("pseudonym", tenant.pseudonym())
        .put("origin", manifest.origin())
        .put("created", manifest.created())
        .put("receipts", checked)
        .put("saltKeys", salts)
        .put("reissue", Json.array(tenant.toReissue()))
        .build();
  }
}
