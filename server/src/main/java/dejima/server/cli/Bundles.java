package dejima.server.cli;

import dejima.residency.BundleReading;
import dejima.residency.PolicyBundle;
import dejima.residency.Problem;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// Reads the bundles that command lines name: a directory, or one that ships with the product.
final class Bundles {
  /// What a bundle's parameter is.
  static final String PARAMETER =
      "A bundle's directory, builtin:japan-baseline or builtin:demo-declared.";

  private Bundles() {}

  /// The bundle.
  ///
  /// @throws CommandFailed with every mistake in it
  static PolicyBundle read(String name) {
    return switch (name) {
      case "builtin:japan-baseline" -> PolicyBundle.baseline();
      case "builtin:demo-declared" -> PolicyBundle.demo();
      default -> loaded(PolicyBundle.load(Path.of(name)));
    };
  }

  private static PolicyBundle loaded(BundleReading reading) {
    return switch (reading) {
      case BundleReading.Loaded(PolicyBundle bundle) -> bundle;
      case BundleReading.Rejected(var problems) ->
          throw new CommandFailed(
              problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
    };
  }
}
