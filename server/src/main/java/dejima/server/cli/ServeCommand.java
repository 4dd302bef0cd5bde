package dejima.server.cli;

import dejima.server.Platform;
import dejima.server.config.ConfigFile;
import dejima.server.config.ServerConfig;
import dejima.server.telemetry.LogSetup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs the server until it is told to stop.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Runs the gateway, its evidence log and the console.")
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      defaultValue = "dejima.yaml",
      description = "The configuration file (default: ${DEFAULT-VALUE}).")
  private Path config;

  @Option(
      names = "--log-level",
      defaultValue = "info",
      description = "debug, info, warn or error (default: ${DEFAULT-VALUE}).")
  private String logLevel;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    LogSetup.level(LoggerFactory.getILoggerFactory(), logLevel);
    ServerConfig settings = ConfigFile.read(config);
    Platform platform = Platform.assemble(settings, () -> ConfigFile.read(config).policy());
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("dejima-stop")
                .unstarted(() -> {
                  platform.close();
                  stopped.countDown();
                }));
    var out = spec.commandLine().getOut();
    out.println("gateway " + platform.gatewayUrl());
    out.println("console " + platform.consoleLink());
    out.println("evidence key " + platform.logKey());
    out.println("gateway pin " + platform.pin());
    out.println("ready");
    out.flush();
    stopped.await();
    return DejimaCommand.DONE;
  }
}
