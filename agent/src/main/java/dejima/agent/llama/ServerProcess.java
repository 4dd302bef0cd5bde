package dejima.agent.llama;

import dejima.agent.config.EngineSettings.KeyHeader;
import dejima.agent.config.EngineSettings.LlamaServer;
import dejima.agent.remote.ApiKey;
import dejima.agent.remote.Upstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// One `llama-server` process on loopback, with a port of its own and a key that only the agent
/// knows. It does not outlive its agent, whatever ends that.
final class ServerProcess {
  private static final int KEY_BYTES = 32;
  private static final int LINES_KEPT = 20;
  private static final int HEALTH_MILLIS = 1000;

  /// The shell becomes the program, and leaves a watcher behind that holds the other end of a pipe
  /// from the agent. However the agent ends, the pipe does too, and the watcher kills the program.
  private static final String WATCHED =
      """
      exec 3<&0 </dev/null
      pid=$$
      (trap '' HUP INT TERM; while read -r _ <&3; do :; done; kill -KILL $pid) >/dev/null 2>&1 &
      exec 3<&-
      exec "$@"
      """;

  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Process process;
  private final Upstream upstream;
  private final Deque<String> lastLines = new ArrayDeque<>();

  private ServerProcess(Process process, Upstream upstream) {
    this.process = process;
    this.upstream = upstream;
  }

  /// Launches the program.
  static ServerProcess launch(LlamaServer settings, SecureRandom random) throws IOException {
    int port = freePort();
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    String secret = HexFormat.of().formatHex(key);
    ProcessBuilder builder = new ProcessBuilder(command(settings, port)).redirectErrorStream(true);
    builder.environment().put("LLAMA_API_KEY", secret); // not on the command line, which others see
    ServerProcess server =
        new ServerProcess(
            builder.start(),
            new Upstream(
                URI.create("http://127.0.0.1:" + port),
                InetAddress.getLoopbackAddress(),
                new ApiKey(KeyHeader.BEARER, secret),
                settings.patience()));
    Thread.ofVirtual().name("llama-server-output").start(server::readOutput);
    return server;
  }

  Upstream upstream() {
    return upstream;
  }

  boolean alive() {
    return process.isAlive();
  }

  /// Whether it says that its model is loaded.
  boolean ready() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) upstream.url().resolve("/health").toURL().openConnection();
      connection.setConnectTimeout(HEALTH_MILLIS);
      connection.setReadTimeout(HEALTH_MILLIS);
      connection.setInstanceFollowRedirects(false);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  /// Completes when the process has ended.
  CompletableFuture<Process> exit() {
    return process.onExit();
  }

  /// The last lines that it printed, for the operator.
  String lastLines() {
    synchronized (lastLines) {
      return String.join(" | ", lastLines);
    }
  }

  /// Ends it, politely first.
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void readOutput() {
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lastLines) {
          lastLines.addLast(line);
          if (lastLines.size() > LINES_KEPT) {
            lastLines.removeFirst();
          }
        }
      }
    } catch (IOException gone) {
      // the process has ended; its exit is seen elsewhere
    }
  }

  private static List<String> command(LlamaServer settings, int port) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", WATCHED, "dejima-agent"));
    command.add(settings.program());
    command.addAll(List.of("--model", settings.model().toString(), "--alias", settings.name()));
    command.addAll(List.of("--host", "127.0.0.1", "--port", String.valueOf(port)));
    command.addAll(List.of("--threads", String.valueOf(settings.threads())));
    command.addAll(List.of("--parallel", String.valueOf(settings.slots())));
    command.addAll(List.of("--ctx-size", String.valueOf(settings.context())));
    command.addAll(settings.arguments());
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
