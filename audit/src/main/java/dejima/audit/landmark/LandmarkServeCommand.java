package dejima.audit.landmark;

import dejima.evidence.Signer;
import dejima.location.Challenger;
import dejima.location.Landmarks.Landmark;
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
import picocli.CommandLine.Spec;

/// `dejima landmark serve`: measures until it is told to stop.
@Command(
    name = "serve",
    description = "Measures sites for the gateways named in landmark.properties.",
    mixinStandardHelpOptions = true)
final class LandmarkServeCommand implements Callable<Integer> {
  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      defaultValue = "landmark",
      description = "What 'dejima landmark init' wrote (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("landmark");

  @Spec private CommandSpec spec;

  LandmarkServeCommand() {
    spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws InterruptedException {
    boundTheHttpServer();
    LandmarkFolder kept = new LandmarkFolder(folder);
    LandmarkSettings settings = LandmarkSettings.read(kept.settingsFile());
    Signer signer = kept.signer();
    SecureRandom random = new SecureRandom();
    MeasuringDesk desk =
        new MeasuringDesk(
            settings,
            signer,
            kept.agreement(),
            new Challenger(Challenger.Settings.USUAL, random, System::nanoTime),
            InstantSource.system());
    LandmarkServer server =
        LandmarkServer.at(new InetSocketAddress(settings.host(), settings.port()), desk);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "stop"));
    announce(new Landmark(signer.key(), settings.person(), settings.place()), settings, server);
    stopped.await();
    return 0;
  }

  /// The JDK's server waits for slow clients without end unless it is told not to.
  private static void boundTheHttpServer() {
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    System.setProperty("jdk.httpserver.maxConnections", "256");
  }

  private void announce(Landmark landmark, LandmarkSettings settings, LandmarkServer server) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (settings.gateways().isEmpty()) {
      err.println(
          "it knows no gateway yet and refuses all: add their pins to gateways= in "
              + LandmarkFolder.SETTINGS
              + " and start it again");
      err.flush();
    }
    out.printf(
        "landmark %s ready on %s:%d, key %s%n",
        landmark.key().name(), settings.host(), server.port(), landmark.key().text());
    out.flush();
  }
}
