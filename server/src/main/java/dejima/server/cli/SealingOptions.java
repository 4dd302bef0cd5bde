package dejima.server.cli;

import dejima.attestation.Offer;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// To which site's key to seal, and by what to judge it.
final class SealingOptions {
  @Option(names = "--site", description = "The site to seal to (default: one that can open it).")
  private Optional<String> site = Optional.empty();

  @Option(
      names = "--mirror",
      paramLabel = "DIR",
      description = "Your copy of the reference values, by which the site's key is judged.")
  private Optional<Path> mirror = Optional.empty();

  @Option(
      names = "--register",
      paramLabel = "DIR",
      description = "Your copy of the register, by which the site's key is judged.")
  private Optional<Path> register = Optional.empty();

  @Mixin private ApproverOptions approvers;

  /// A key to seal to.
  ///
  /// @param raw 32 bytes
  @SuppressWarnings("ArrayRecordComponent") // carried once from the answer to the sealing
  record Found(String site, byte[] raw) {}

  Optional<String> site() {
    return site;
  }

  /// Asks the gateway for a key and judges it; what came of that is said on `err`.
  Found find(GatewayClient client, String model, PrintWriter err) {
    Json.Obj row = row(client, model);
    String name = row.string("site").orElse("");
    if (mirror.isEmpty() && register.isEmpty()) {
      byte[] key = unjudged(row);
      err.println(
          "NOT VERIFIED  未検証: that the key "
              + SealingTrust.id(key)
              + " is in a trusted execution environment of "
              + name
              + " is the gateway's word alone; whoever runs it could read prompt and answer. Give"
              + " --mirror, --register and two --approver to judge it yourself.");
      err.println("    封印鍵は検証されていません。--mirror、--register、--approver を渡せば手元で検証できます。");
      err.flush();
      return new Found(name, key);
    }
    return new Found(name, judged(row, name, err));
  }

  private byte[] judged(Json.Obj row, String name, PrintWriter err) {
    if (mirror.isEmpty() || register.isEmpty()) {
      throw new CommandFailed(
          "A sealing key is judged by both --mirror and --register. Nothing was sent.");
    }
    SealingTrust trust =
        SealingTrust.of(
            MirrorCommand.load(mirror.get()), Registers.read(register.get()), approvers.people());
    return switch (trust.key(row, Instant.now())) {
      case Reading.Read<byte[]>(byte[] key) -> {
        err.println(
            "VERIFIED  検証済み: the key "
                + SealingTrust.id(key)
                + " is bound by quotes of registered processors of "
                + name
                + ", in an image that the mirror lists as closed outward.");
        err.flush();
        yield key;
      }
      case Reading.Unreadable<byte[]>(String reason) ->
          throw new CommandFailed(
              "The sealing key of "
                  + name
                  + " is not borne out: "
                  + reason
                  + ". Nothing was sent.");
    };
  }

  private static byte[] unjudged(Json.Obj row) {
    return SealingTrust.offered(row)
        .toOptional()
        .flatMap(Offer::sealingKey)
        .map(Offer.Bytes::copy)
        .orElseThrow(() -> new CommandFailed("The gateway named no sealing key."));
  }

  private Json.Obj row(GatewayClient client, String model) {
    String text = GatewayClient.expect(client.get("/v1/sealing-keys"));
    List<Json.Obj> rows =
        switch (Json.read(text.getBytes(StandardCharsets.UTF_8))) {
          case Reading.Read<Json>(Json.Obj answer) ->
              answer.array("sealingKeys").orElse(List.of()).stream()
                  .flatMap(json -> json instanceof Json.Obj row ? Stream.of(row) : Stream.of())
                  .toList();
          case Reading.Read<Json> _, Reading.Unreadable<Json> _ ->
              throw new CommandFailed("The gateway's answer cannot be read.");
        };
    return rows.stream()
        .filter(row -> site.isEmpty() || row.string("site").equals(site))
        .filter(row -> row.array("models").orElse(List.of()).contains(Json.of(model)))
        .findFirst()
        .orElseThrow(() ->
            new CommandFailed(
                "No site is sealed (evidence level E4) and serves the model "
                    + model
                    + site.map(name -> " at " + name).orElse("")
                    + " just now. './dejima sites list' shows the sites' levels."));
  }
}
