package dejima.audit.witness;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// A witness that anyone independent can run: it cosigns what a log says only if it never said
/// anything else.
@Command(
    name = "witness",
    mixinStandardHelpOptions = true,
    description = "Cosigns the tree heads of logs that only ever grow (C2SP tlog-witness).",
    subcommands = {
      WitnessCommand.Init.class,
      WitnessCommand.Serve.class,
      WitnessKeyCommand.Rotate.class,
      WitnessKeyCommand.Retire.class
    })
public final class WitnessCommand implements Runnable {
  @Spec private CommandSpec spec;

  /// Without a subcommand it shows which there are.
  public WitnessCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// Makes the keys.
  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description = "Makes a witness's keys and prints the lines for a key file.")
  static final class Init implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The witness's folder.")
    private Path folder;

    @Option(
        names = "--name",
        required = true,
        description = "The witness's name, such as witness.example.jp/w1.")
    private String name;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      var keys = new WitnessFolder(folder).create(name, new SecureRandom());
      if (json) {
        out.println(WitnessKeyCommand.asJson(keys).canonicalText());
      } else {
        WitnessKeyCommand.policyLines(name, keys).forEach(out::println);
        out.println("# Now put the keys of the logs to follow into " + folder.resolve("logs"));
      }
      out.flush();
      return 0;
    }
  }

  /// Serves until the process ends.
  @Command(
      name = "serve",
      mixinStandardHelpOptions = true,
      description = "Serves POST /add-checkpoint, and the latest checkpoints to monitors.")
  static final class Serve implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The witness's folder.")
    private Path folder;

    @Option(
        names = "--listen",
        defaultValue = "127.0.0.1:8090",
        description = "Where to listen (default: ${DEFAULT-VALUE}); put TLS in front of it.")
    private String listen;

    @Override
    public Integer call() throws IOException, InterruptedException {
      boundTheHttpServer();
      var kept = new WitnessFolder(folder);
      var logs = kept.logs();
      PrintWriter out = spec.commandLine().getOut();
      try (var lock = kept.lock()) {
        var witness = new Witness(logs, kept.cosigners(), kept.memory(), InstantSource.system());
        try (var server = new WitnessServer(witness, address(), spec.commandLine().getErr())) {
          out.println(
              "witness on http://%s:%d, follows %d log(s)"
                  .formatted(
                      server.address().getHostString(), server.address().getPort(), logs.size()));
          logs.forEach(log -> out.println("  " + log.name()));
          out.flush();
          new CountDownLatch(1).await(); // until the process is ended
        }
        lock.release();
      }
      return 0;
    }

    /// The JDK's server waits for slow clients without end unless it is told not to.
    private static void boundTheHttpServer() {
      System.setProperty("sun.net.httpserver.maxReqTime", "10");
      System.setProperty("sun.net.httpserver.maxRspTime", "30");
      System.setProperty("jdk.httpserver.maxConnections", "256");
    }

    private InetSocketAddress address() {
      int colon = listen.lastIndexOf(':');
      if (colon < 1 || !listen.substring(colon + 1).matches("[0-9]{1,5}")) {
        throw new IllegalArgumentException("--listen takes host:port, such as 127.0.0.1:8090");
      }
      return new InetSocketAddress(
          listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)));
    }
  }
}
