package dejima.acceptance.product;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A process that a test started and therefore ends.
public final class RunningProcess implements AutoCloseable {
  private static final int SECONDS_TO_STOP = 15;

  private final Process process;
  private final List<String> lines = new ArrayList<>();

  private RunningProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::follow);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  static RunningProcess start(Path directory, Map<String, String> environment, List<String> words) {
    try {
      ProcessBuilder builder = Commands.builder(directory, words).redirectErrorStream(true);
      builder.environment().putAll(environment);
      return new RunningProcess(builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void follow() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        synchronized (lines) {
          lines.add(line);
        }
        line = reader.readLine();
      }
    } catch (IOException closed) {
      synchronized (lines) {
        lines.add("(output closed)");
      }
    }
  }

  /// Everything that it has printed so far.
  public String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /// Waits for a line that contains a word and returns it.
  public String awaitLine(String word, Duration longest) {
    return Eventually.present(
        longest,
        () -> {
          Optional<String> found = line(word);
          if (found.isEmpty() && !process.isAlive()) {
            throw new AssertionError("it ended before it said '" + word + "':\n" + output());
          }
          return found;
        },
        () -> "no '" + word + "' in:\n" + output());
  }

  private Optional<String> line(String word) {
    synchronized (lines) {
      return lines.stream().filter(line -> line.contains(word)).findFirst();
    }
  }

  /// The process, for its id, its children and its exit code.
  public Process process() {
    return process;
  }

  /// Ends it as `kill -9` does.
  public void kill() {
    process.destroyForcibly();
    process.onExit().orTimeout(SECONDS_TO_STOP, TimeUnit.SECONDS).join();
  }

  /// Asks it to end and waits; one that does not is killed and fails the test.
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("it did not stop when asked to:\n" + output());
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }
}
