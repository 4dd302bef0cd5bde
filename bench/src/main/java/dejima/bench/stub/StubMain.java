package dejima.bench.stub;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// The stub as a process of its own. It says on its first output line where it listens, and ends
/// when its standard input does, so that it never outlives the harness.
public final class StubMain {
  private StubMain() {}

  /// Runs the stub until standard input ends.
  ///
  /// @param arguments the PEM certificate and the PEM key
  /// @throws IOException when standard input breaks
  static void main(String[] arguments) throws IOException {
    var identity = new SiteIdentity(Path.of(arguments[0]), Path.of(arguments[1]), "");
    try (StubServer stub = StubServer.start(identity)) {
      System.out.println("listening " + stub.securePort() + " " + stub.plainPort());
      var _ = System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
