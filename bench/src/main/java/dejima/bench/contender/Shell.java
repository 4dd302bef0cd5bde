package dejima.bench.contender;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a command to its end.
public final class Shell {
  private static final long PATIENCE_MINUTES = 10;
  private static final int TAIL = 600;

  private Shell() {}

  /// Waits until the command has ended.
  ///
  /// @param directory where it runs
  /// @param environment what is added to this process's
  public static Outcome run(Path directory, Map<String, String> environment, String... command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return new Failed(command[0] + " did not end");
      }
      return process.exitValue() == 0 ? new Done(output) : new Failed(tail(output));
    } catch (IOException e) {
      return new Failed(command[0] + " cannot be started");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed("interrupted");
    }
  }

  private static String tail(String output) {
    return output.substring(Math.max(0, output.length() - TAIL)).strip();
  }

  /// How a command ended.
  public sealed interface Outcome {}

  /// With status 0.
  ///
  /// @param output everything that it wrote
  public record Done(String output) implements Outcome {}

  /// In another way.
  ///
  /// @param reason why, with the end of what it wrote
  public record Failed(String reason) implements Outcome {}
}
