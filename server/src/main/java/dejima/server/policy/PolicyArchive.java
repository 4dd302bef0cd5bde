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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Keeps the files of every bundle that was ever in force, by hash, because receipts carry the
/// policy that decided.
public final class PolicyArchive {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final Path directory;
  private final Map<String, PolicyBundle> known = new ConcurrentHashMap<>();

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
    known.put(bundle.hash(), bundle);
  }

  private static void write(PolicyBundle bundle, Path place) {
    try {
      DurableFolder.create(place, signed(bundle));
    } catch (IOException failed) {
      throw new UncheckedIOException("the policy cannot be kept in " + place, failed);
    }
  }

  private static Map<String, String> signed(PolicyBundle bundle) {
    Map<String, String> files = new TreeMap<>(bundle.files());
    files.putAll(bundle.signatures());
    return files;
  }

  /// The files of a bundle, if it was ever in force, without the signatures under it.
  public Optional<Map<String, String>> files(String hash) {
    return find(hash).map(PolicyBundle::files);
  }

  /// The same with the signatures with which it came into force.
  public Optional<Map<String, String>> signed(String hash) {
    return find(hash).map(PolicyArchive::signed);
  }

  private Optional<PolicyBundle> find(String hash) {
    PolicyBundle found = known.get(hash);
    if (found != null) {
      return Optional.of(found);
    }
    if (!HASH.matcher(hash).matches() || !Files.isDirectory(directory.resolve(hash))) {
      return Optional.empty();
    }
    return switch (PolicyBundle.load(directory.resolve(hash))) {
      case BundleReading.Loaded(PolicyBundle bundle) when bundle.hash().equals(hash) -> {
        known.put(hash, bundle);
        yield Optional.of(bundle);
      }
      case BundleReading.Loaded _, BundleReading.Rejected _ -> Optional.empty();
    };
  }
}
