package dejima.agent.config;

import dejima.agent.PinnedKey;
import dejima.evidence.NoteKey;
import dejima.residency.Control;
import dejima.residency.Country;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an operator has written in `agent.yaml`, checked.
///
/// @param site who and where the site is, as its statement declares it
/// @param listen where gateways connect to
/// @param identity directory of the site's key
/// @param gateways the keys of the gateways that are answered; never empty
/// @param engine what answers here
/// @param location how landmarks measure the site, if they may
/// @param attestation where the operator's tools leave attestation, if they do
/// @param limits how much is taken at once and how long anything may last
public record AgentConfig(
    Site site,
    Listen listen,
    Path identity,
    Set<PinnedKey> gateways,
    EngineSettings engine,
    Optional<Location> location,
    Optional<AttestationFiles> attestation,
    Limits limits) {
  /// Keeps a copy of the pins.
  public AgentConfig {
    gateways = Set.copyOf(gateways);
  }

  /// What the operator declares about the site.
  ///
  /// @param id the name under which gateways know it
  /// @param operator the legal person that runs it
  /// @param country where the machines are
  /// @param control who can be compelled
  /// @param sku the deployment's kind at a cloud provider, empty where there is none
  /// @param standIn whether it only stands in for the site that it is named after
  public record Site(
      String id, String operator, Country country, Control control, String sku, boolean standIn) {}

  /// How landmarks measure the site.
  ///
  /// @param listen the UDP address where their questions come to
  /// @param landmarks the keys of those that may ask; never empty
  public record Location(Listen listen, List<NoteKey> landmarks) {
    /// Copies the list.
    public Location {
      landmarks = List.copyOf(landmarks);
    }
  }

  /// Files by which the agent and the operator's attestation tools work together. Those that are
  /// not there are not offered. A quote binds one gateway's nonce, so that a site of several
  /// gateways has those files for each: `{gateway}` in a path stands for the hash of the gateway's
  /// key in hexadecimal.
  ///
  /// @param nonce where the agent writes the nonce that quotes must bind
  /// @param snpReport an AMD SEV-SNP report
  /// @param snpChain its certificates, PEM
  /// @param tdxQuote an Intel TDX quote
  /// @param gpuToken NVIDIA's token, JSON
  /// @param sealingKey the X25519 key that opens sealed prompts, 32 bytes
  /// @param sealingSecret its private half, 32 bytes, released into this environment; without it
  ///   the agent opens no sealed prompts
  public record AttestationFiles(
      Path nonce,
      Optional<Path> snpReport,
      Optional<Path> snpChain,
      Optional<Path> tdxQuote,
      Optional<Path> gpuToken,
      Optional<Path> sealingKey,
      Optional<Path> sealingSecret) {
    /// What stands in a path for the gateway that asks.
    static final String GATEWAY = "{gateway}";

    /// The files for one gateway.
    public AttestationFiles of(PinnedKey gateway) {
      return new AttestationFiles(
          of(nonce, gateway),
          of(snpReport, gateway),
          of(snpChain, gateway),
          of(tdxQuote, gateway),
          of(gpuToken, gateway),
          of(sealingKey, gateway),
          sealingSecret);
    }

    private static Optional<Path> of(Optional<Path> file, PinnedKey gateway) {
      return file.map(path -> of(path, gateway));
    }

    private static Path of(Path path, PinnedKey gateway) {
      return Path.of(path.toString().replace(GATEWAY, gateway.hexadecimal()));
    }
  }

  /// An address to listen on.
  ///
  /// @param port 0 lets the system choose one
  public record Listen(String host, int port) {}
}
