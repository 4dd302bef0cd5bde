package dejima.residency;

import dejima.residency.BundleReading.Loaded;
import dejima.residency.BundleReading.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The bundles inside this module's jar. A jar has no directories to list, so beside each bundle's
/// directory stands `<id>.index` with the paths of its files.
final class ShippedBundle {
  private ShippedBundle() {}

  static PolicyBundle read(String id) {
    return switch (BundleReader.read(files(id), List.of())) {
      case Loaded(PolicyBundle bundle) -> bundle;
      case Rejected(List<Problem> problems) ->
          throw new IllegalStateException(id + ": " + problems.getFirst().text());
    };
  }

  /// The hash of a bundle, without reading its rules.
  static String hash(String id) {
    return BundleHash.of(files(id), "");
  }

  private static SortedMap<String, String> files(String id) {
    SortedMap<String, String> files = new TreeMap<>();
    for (String path : text(id + ".index").lines().toList()) {
      files.put(path, text(id + "/" + path));
    }
    return files;
  }

  private static String text(String path) {
    String resource = "bundles/" + path;
    try (InputStream stream = ShippedBundle.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
