package dejima.server.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The demo's processes: started through the launcher, ended with the demo.
final class Processes implements AutoCloseable {
  private static final int SECONDS_TO_STOP = 10;

  private final Path launcher;
  private final PrintWriter out;
  private final List<Process> running = new ArrayList<>();

  Processes(Path launcher, PrintWriter out) {
    this.launcher = launcher;
    this.out = out;
  }

  /// Starts a command whose standard error goes to `log`; the future completes when it says that it
  /// is ready, and fails when it ends before.
  CompletableFuture<Void> start(String name, Path log, String... arguments) throws IOException {
    long startedAt = System.nanoTime();
    Process process = builder(arguments).redirectError(log.toFile()).start();
    synchronized (running) {
      running.add(process);
    }
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("demo-" + name)
        .start(() -> follow(process, name, log, startedAt, ready));
    return ready;
  }

  /// Runs a command to its end, its output on the screen, and returns its exit code.
  int run(String... arguments) throws IOException, InterruptedException {
    Process process = builder(arguments).redirectErrorStream(true).start();
    try (BufferedReader lines = reader(process)) {
      lines.lines().forEach(line -> out.println("    " + line));
    }
    out.flush();
    return process.waitFor();
  }

  /// Runs a command that must succeed to its end and returns what it wrote.
  String output(String... arguments) throws IOException, InterruptedException {
    Process process = builder(arguments).redirectErrorStream(true).start();
    String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new DemoFailed(String.join(" ", arguments) + ": " + written.strip());
    }
    return written;
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>();
    if (arguments[0].equals("agent")) {
      // Everything waits for the gateway, which takes longest to start.
      command.addAll(List.of("nice", "-n", "5"));
    }
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("DEJIMA_BUILT", "yes");
    // Five programs start at once: a quick compiler serves a demo better than a thorough one.
    builder
        .environment()
        .put("DEJIMA_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=3");
    return builder;
  }

  private void follow(
      Process process, String name, Path log, long startedAt, CompletableFuture<Void> ready) {
    try (BufferedReader lines = reader(process)) {
      String line = lines.readLine();
      while (line != null) {
        if (line.contains("ready") && !ready.isDone()) {
          say("  ✓ %-18s %.1f s", name, (System.nanoTime() - startedAt) / 1e9);
          ready.complete(null);
        }
        line = lines.readLine();
      }
    } catch (IOException closed) {
      ready.completeExceptionally(closed);
    }
    ready.completeExceptionally(
        new DemoFailed(name + " ended before it was ready. Its messages are in " + log + "."));
  }

  private void say(String format, Object... values) {
    synchronized (out) {
      out.printf(format + "%n", values);
      out.flush();
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    synchronized (running) {
      running.forEach(Process::destroy);
      for (Process process : running) {
        try {
          if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            process.destroyForcibly();
          }
        } catch (InterruptedException stopped) {
          process.destroyForcibly();
          Thread.currentThread().interrupt();
        }
      }
      running.clear();
    }
  }
}
