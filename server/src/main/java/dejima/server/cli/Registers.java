package dejima.server.cli;

import dejima.register.Mistake;
import dejima.register.Register;
import dejima.register.RegisterReading;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// Reads the registers that command lines name.
final class Registers {
  private Registers() {}

  /// The register.
  ///
  /// @throws CommandFailed with every mistake in it
  static Register read(Path directory) {
    return switch (Register.load(directory)) {
      case RegisterReading.Loaded(Register register) -> register;
      case RegisterReading.Rejected(var mistakes) ->
          throw new CommandFailed(
              mistakes.stream().map(Mistake::text).collect(Collectors.joining("\n")));
    };
  }
}
