package dejima.acceptance.product;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs commands to their end.
public final class Commands {
  private Commands() {}

  /// Runs a command; one that lasts longer than `longest` is ended and fails the test.
  public static Finished run(Path directory, Duration longest, String... words) {
    String command = String.join(" ", words);
    try {
      Process process = builder(directory, List.of(words)).start();
      process.getOutputStream().close();
      CompletableFuture<String> out = text(process.getInputStream());
      CompletableFuture<String> err = text(process.getErrorStream());
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(
            "still running after %s: %s%n%s%n%s"
                .formatted(longest, command, out.join(), err.join()));
      }
      return new Finished(command, process.exitValue(), out.join(), err.join());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  static ProcessBuilder builder(Path directory, List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().put("DEJIMA_BUILT", "yes");
    builder.environment().keySet().removeIf(name -> name.startsWith("OPENAI_"));
    return builder;
  }

  private static CompletableFuture<String> text(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (stream) {
            text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException closed) {
            text.complete("");
          }
        });
    return text;
  }
}
