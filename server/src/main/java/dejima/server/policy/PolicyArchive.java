package dejima.server.policy;

import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import dejima.server.files.DurableFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Keeps the files of every bundle that was ever in force, by hash, because receipts carry the
/// policy that decided.
public final class PolicyArchive {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Path directory;
  private final Map<String, Map<String, String>> known = new ConcurrentHashMap<>();

  /// Keeps bundles below `directory`.
  public PolicyArchive(Path directory) {
    this.directory = directory;
  }

  /// Keeps a bundle, durably.
  ///
  /// @throws UncheckedIOException if the disk refuses
  public void keep(PolicyBundle bundle) {
    if (bundle.files().isEmpty() || known.containsKey(bundle.hash())) {
      return;
    }
    Path place = directory.resolve(bundle.hash());
    if (!Files.isDirectory(place)) {
      write(bundle, place);
    }
    known.put(bundle.hash(), bundle.files());
  }

  private static void write(PolicyBundle bundle, Path place) {
    try {
      DurableFolder.create(place, bundle.files());
    } catch (IOException failed) {
      throw new UncheckedIOException("the policy cannot be kept in " + place, failed);
    }
  }

  /// The files of a bundle, if it was ever in force.
  public Optional<Map<String, String>> files(String hash) {
    Map<String, String> found = known.get(hash);
    if (found != null) {
      return Optional.of(found);
    }
    if (!HASH.matcher(hash).matches() || !Files.isDirectory(directory.resolve(hash))) {
      return Optional.empty();
    }
    return switch (PolicyBundle.load(directory.resolve(hash))) {
      case BundleReading.Loaded(PolicyBundle bundle) when bundle.hash().equals(hash) -> {
        known.put(hash, bundle.files());
        yield Optional.of(bundle.files());
      }
      case BundleReading.Loaded _, BundleReading.Rejected _ -> Optional.empty();
    };
  }
}
