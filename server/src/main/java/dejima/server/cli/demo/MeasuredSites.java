package dejima.server.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A register that two made-up people signed, and two stand-in landmarks near Sakai: the site there
/// reaches E2, the others what they can without a landmark of their own area.
record MeasuredSites(DemoFiles files, InstantSource clock) implements DemoEvidence {
  private static final int FIRST_UDP = 21;
  private static final int FIRST_LANDMARK = 31;
  private static final String SEEN = "softbank-sakai";

  /// A landmark that a local process plays.
  private record Landmark(String id, String person, String latitude, String longitude) {}

  private static final List<Landmark> LANDMARKS =
      List.of(
          new Landmark("sakai-1.landmark.example", "Example University", "34.60", "135.50"),
          new Landmark("sakai-2.landmark.example", "計測の試験株式会社", "34.55", "135.47"));

  @Override
  public String policy() {
    return "builtin:japan-baseline";
  }

  @Override
  public String cast() {
    return "a gateway, four local stand-in sites and two stand-in landmarks";
  }

  @Override
  public List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < LANDMARKS.size(); i++) {
      ports.add(landmarkPort(i));
    }
    return ports;
  }

  private int landmarkPort(int index) {
    return files.port() + FIRST_LANDMARK + index;
  }

  private int udpPort(StandIn site) {
    return files.port() + FIRST_UDP + StandIn.ALL.indexOf(site);
  }

  @Override
  public void prepare(String gatewayPin, Processes processes)
      throws IOException, InterruptedException {
    for (int i = 0; i < LANDMARKS.size(); i++) {
      prepare(LANDMARKS.get(i), landmarkPort(i), gatewayPin, processes);
    }
    StringBuilder trusted = new StringBuilder();
    for (Landmark landmark : LANDMARKS) {
      trusted.append(line(landmark)).append('\n');
    }
    Files.writeString(files.home().resolve("landmarks"), trusted);
    register().renew(clock.instant());
    Files.writeString(files.home().resolve("approvers"), register().trustFile());
  }

  private void prepare(Landmark landmark, int port, String gatewayPin, Processes processes)
      throws IOException, InterruptedException {
    Path folder = files.of(landmark.id());
    if (Files.exists(folder.resolve("announced"))) {
      return;
    }
    String announced =
        processes.output(
            "landmark",
            "init",
            "--folder",
            folder.toString(),
            "--id",
            landmark.id(),
            "--person",
            landmark.person(),
            "--latitude",
            landmark.latitude(),
            "--longitude",
            landmark.longitude(),
            "--gateway",
            gatewayPin);
    Path settings = folder.resolve("landmark.properties");
    Files.writeString(
        settings,
        Files.readString(settings).replaceAll("127[.]0[.]0[.]1:\\d+", "127.0.0.1:" + port));
    Files.writeString(folder.resolve("announced"), announced);
  }

  /// `landmark <vkey> <latitude> <longitude> <person>`, as `init` announced it.
  private String line(Landmark landmark) throws IOException {
    return Files.readString(files.of(landmark.id()).resolve("announced"))
        .lines()
        .filter(line -> line.startsWith("landmark "))
        .findFirst()
        .orElseThrow(() -> new DemoFailed("'landmark init' announced no landmark."));
  }

  private String key(Landmark landmark) throws IOException {
    return line(landmark).split(" ", -1)[1];
  }

  private DemoRegister register() {
    return new DemoRegister(files);
  }

  @Override
  public String gatewayConfig() throws IOException {
    StringBuilder config = new StringBuilder(register().gatewayConfig());
    config.append("location: {every: 5s}\nlandmarks:\n");
    for (int i = 0; i < LANDMARKS.size(); i++) {
      Landmark landmark = LANDMARKS.get(i);
      config.append(
          """
            - id: %s
              url: http://127.0.0.1:%d
              key: %s
              legalPerson: %s
              latitude: %s
              longitude: %s
          """
              .formatted(
                  landmark.id(),
                  landmarkPort(i),
                  key(landmark),
                  landmark.person(),
                  landmark.latitude(),
                  landmark.longitude()));
    }
    return config.toString();
  }

  @Override
  public String siteEntry(StandIn site) {
    return !isSeen(site)
        ? ""
        : "    location: {latitude: %s, longitude: %s, udp: \"127.0.0.1:%d\"}%n"
            .formatted(site.latitude(), site.longitude(), udpPort(site));
  }

  /// All processes run on this machine, so that a landmark in Sakai would convict a stand-in that
  /// claims to be elsewhere; the others are not measured.
  private static boolean isSeen(StandIn site) {
    return site.id().equals(SEEN);
  }

  @Override
  public String agentConfig(StandIn site) throws IOException {
    if (!isSeen(site)) {
      return "";
    }
    List<String> keys = new ArrayList<>();
    for (Landmark landmark : LANDMARKS) {
      keys.add(key(landmark));
    }
    return """
    location:
      listen: 127.0.0.1:%d
      landmarks: [%s]
    """
        .formatted(udpPort(site), String.join(", ", keys));
  }

  @Override
  public List<CompletableFuture<Void>> start(Processes processes) throws IOException {
    List<CompletableFuture<Void>> ready = new ArrayList<>();
    for (Landmark landmark : LANDMARKS) {
      ready.add(
          processes.start(
              landmark.id(),
              files.home().resolve(landmark.id() + ".log"),
              "landmark",
              "serve",
              "--folder",
              files.of(landmark.id()).toString()));
    }
    return ready;
  }

  @Override
  public Awaited awaited() {
    return new Awaited(SEEN, "E2");
  }

  @Override
  public List<String> verifyOptions() {
    return List.of(
        "--landmarks",
        files.home().resolve("landmarks").toString(),
        "--approvers",
        files.home().resolve("approvers").toString());
  }

  @Override
  public List<String> caveat() {
    return List.of(
        "実測の往復時間はこの計算機の中のもので、拠点と計測点の所在地、事業者、認証はすべて作り物である。",
        "The round trips are real, on this machine's loopback. Places of sites and landmarks, owners and certifications",
        "are made up; the register is signed by two people who do not exist.");
  }
}
