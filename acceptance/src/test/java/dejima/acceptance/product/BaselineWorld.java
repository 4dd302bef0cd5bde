package dejima.acceptance.product;

import com.fasterxml.jackson.databind.JsonNode;
import dejima.acceptance.site.ConstructedMachine;
import dejima.acceptance.site.LongWay;
import dejima.agent.TlsIdentity;
import dejima.attestation.SealedPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A gateway under the shipped Japanese baseline, one site in Osaka with a real agent and the
/// built-in engine, two landmarks of different persons over a way as long as wanted, a register and
/// a mirror that two people sign, and quotes that the test constructs: real processes all.
public final class BaselineWorld implements AutoCloseable {
  /// The site's id.
  public static final String SITE = "osaka";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final double LATITUDE = 34.694;
  private static final double LONGITUDE = 135.502;

  private final WallClock clock = new WallClock(Product.newFolder("wall-clock"));
  private final GatewayProcess gateway = GatewayProcess.in(Product.newFolder("baseline")).by(clock);
  private final Path agentFolder = Product.newFolder("osaka");
  private final TlsIdentity identity =
      TlsIdentity.inDirectory(agentFolder.resolve("identity"), SITE, InstantSource.system());
  private final ConstructedMachine machine = new ConstructedMachine(Instant.now());
  private final byte[] sealingSecret = new byte[32];
  private final SignedFacts facts;
  private final List<LandmarkProcess> landmarks;
  private final LongWay way;
  private final RunningProcess agent;
  private final QuoteTool tool;

  /// Starts all; nothing is registered yet.
  public BaselineWorld() throws Exception {
    new SecureRandom().nextBytes(sealingSecret);
    Map<String, String> environment = clock.environment();
    landmarks =
        List.of(
            LandmarkProcess.start(
                "osaka-1.example", "Example University", gateway.pin(), environment),
            LandmarkProcess.start("osaka-2.example", "株式会社計測", gateway.pin(), environment));
    List<Integer> ports = FreePorts.take(2);
    way = LongWay.to(ports.get(1), Duration.ofMillis(4));
    Path attestation = Files.createDirectories(agentFolder.resolve("attestation"));
    byte[] sealingKey = SealedPrompt.publicKey(sealingSecret);
    Files.write(attestation.resolve("seal.key"), sealingSecret);
    Files.write(attestation.resolve("seal.pub"), sealingKey);
    Files.writeString(agentFolder.resolve("agent.yaml"), agentYaml(ports));
    agent = Product.start(agentFolder, environment, "agent");
    agent.awaitLine("ready", PATIENCE);
    tool = new QuoteTool(machine, attestation, identity.publicKey(), sealingKey);
    Files.createDirectories(gateway.folder());
    facts = new SignedFacts(gateway.folder());
    configure(ports.get(0));
    gateway.start();
    gateway.awaitSites(1);
  }

  private String agentYaml(List<Integer> ports) {
    return """
    site: osaka
    operator: Operator of osaka
    country: JP
    control: domestic
    listen: 127.0.0.1:%d
    identity: identity
    gateways: [%s]
    engine: {kind: builtin}
    location:
      listen: 127.0.0.1:%d
      landmarks: [%s, %s]
    %s\
    """
        .formatted(
            ports.get(0),
            gateway.pin(),
            ports.get(1),
            landmarks.get(0).key(),
            landmarks.get(1).key(),
            QuoteTool.yaml("attestation"));
  }

  private void configure(int agentPort) throws IOException {
    gateway.configured(
        "builtin:japan-baseline",
        List.of(new SiteEntry(SITE, "JP", "domestic", "", agentPort, identity.pin().text())),
        facts.yaml() + "location: {every: 1s, validFor: 10s}\n" + LandmarkProcess.yaml(landmarks));
    Files.writeString(
        gateway.config(),
        """
            location: {latitude: %s, longitude: %s, udp: "127.0.0.1:%d"}
        """
            .formatted(LATITUDE, LONGITUDE, way.port()),
        StandardOpenOption.APPEND);
  }

  /// The gateway.
  public GatewayProcess gateway() {
    return gateway;
  }

  /// The wall clock of all processes.
  public WallClock clock() {
    return clock;
  }

  /// The way between landmarks and site.
  public LongWay way() {
    return way;
  }

  /// The landmarks.
  public List<LandmarkProcess> landmarks() {
    return landmarks;
  }

  /// Register and mirror.
  public SignedFacts facts() {
    return facts;
  }

  /// The attestation tool.
  public QuoteTool tool() {
    return tool;
  }

  /// The agent's process.
  public RunningProcess agent() {
    return agent;
  }

  /// Puts a version of the register in force, with the site standing so far north of its place.
  ///
  /// @param degrees a hundredth is a kilometre and a bit
  public void register(double degrees) {
    facts.register(
        new SignedFacts.Site(
            SITE,
            identity.pin().text(),
            LATITUDE + degrees,
            LONGITUDE,
            site().path("models").path(0).path("digest").asText()));
    Product.run(
            gateway.folder(),
            "register",
            "reload",
            "--admin",
            gateway.adminUrl().toString(),
            "--data",
            gateway.data().toString())
        .expect(0);
  }

  /// Puts a mirror in force.
  ///
  /// @param closed whether it says that the image can send nothing out
  public void mirror(int version, boolean closed) throws Exception {
    facts.mirror(machine.mirror(version, closed));
  }

  /// The site as the gateway sees it.
  public JsonNode site() {
    return gateway.admin().get("/admin/v1/sites").expect(200).json().path("sites").path(0);
  }

  /// Waits until the site is at a level.
  public void awaitEvidence(String level) {
    Eventually.holds(
        PATIENCE,
        () -> site().path("evidence").asText().equals(level),
        () -> "not " + level + ": " + site() + "\n" + gateway.process().output());
  }

  @Override
  public void close() {
    tool.close();
    gateway.close();
    agent.close();
    way.close();
    landmarks.forEach(LandmarkProcess::close);
  }
}
