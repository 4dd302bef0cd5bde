package dejima.agent.http;

import dejima.agent.ErrorAnswer;
import dejima.agent.PinnedKey;
import dejima.agent.config.AgentConfig.AttestationFiles;
import dejima.evidence.Json;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;

/// Offers the attestation that the operator's own tools left in files, and leaves the nonce that a
/// gateway gives where they find it, for each gateway its own. The agent itself makes and judges no
/// quotes.
///
/// @param files where they are; none if the operator has not set `attestation`
record AttestationRoute(Vertx vertx, Optional<AttestationFiles> files) {
  static final String PATH = "/dejima/v1/attestation";

  private static final Pattern NONCE = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST_FILE = 192 * 1024;
  private static final int SIGNED_V4 = 632;

  /// `GET /dejima/v1/attestation?nonce=…` with 64 small hexadecimal letters.
  void handle(HttpServerRequest request) {
    String nonce = request.getParam("nonce", "");
    if (files.isEmpty()) {
      Plain.refuse(request, refused(404, "this site's agent.yaml has no attestation section"));
    } else if (!NONCE.matcher(nonce).matches()) {
      Plain.refuse(request, refused(400, "the nonce must be 64 small hexadecimal letters"));
    } else {
      try {
        AttestationFiles own = files.get().of(gateway(request));
        Context loop = vertx.getOrCreateContext();
        Thread.startVirtualThread(() -> answer(request, nonce, own, loop));
      } catch (SSLPeerUnverifiedException unverified) {
        Plain.refuse(request, refused(403, "this connection shows no gateway's key"));
      }
    }
  }

  private static PinnedKey gateway(HttpServerRequest request) throws SSLPeerUnverifiedException {
    return PinnedKey.of(request.connection().sslSession().getPeerCertificates()[0].getPublicKey());
  }

  private static void answer(
      HttpServerRequest request, String nonce, AttestationFiles files, Context loop) {
    try {
      keep(nonce, files.nonce());
      byte[] offer = offer(files).canonicalBytes();
      loop.runOnContext(_ -> {
        if (!request.response().ended() && !request.response().closed()) {
          Plain.json(request, offer);
        }
      });
    } catch (IOException failed) {
      ErrorAnswer error =
          refused(503, "a file of the attestation section cannot be used: " + failed);
      loop.runOnContext(_ -> Plain.refuse(request, error));
    }
  }

  /// Writes only what is new, so that a tool may watch the file.
  private static void keep(String nonce, Path file) throws IOException {
    if (Files.exists(file) && Files.readString(file).strip().equals(nonce)) {
      return;
    }
    Path folder = file.toAbsolutePath().resolveSibling("");
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, ".nonce", ".draft");
    Files.writeString(draft, nonce + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Json.Obj offer(AttestationFiles files) throws IOException {
    Json.Members offer = Json.object().put("v", 1);
    bytes(offer, "snpReport", files.snpReport(), UnaryOperator.identity());
    text(offer, "snpChain", files.snpChain());
    bytes(offer, "tdxQuote", files.tdxQuote(), AttestationRoute::withoutPadding);
    text(offer, "gpuToken", files.gpuToken());
    bytes(offer, "sealingKey", files.sealingKey(), UnaryOperator.identity());
    return offer.build();
  }

  private static void bytes(
      Json.Members offer, String name, Optional<Path> file, UnaryOperator<byte[]> trim)
      throws IOException {
    if (file.isPresent() && Files.exists(file.get())) {
      offer.put(name, Base64.getEncoder().encodeToString(trim.apply(read(file.get()))));
    }
  }

  /// A TDX quote as long as it says it is: drivers fill up their buffer with zeros behind it, and
  /// whoever verifies takes nothing that follows.
  static byte[] withoutPadding(byte[] quote) {
    ByteBuffer read = ByteBuffer.wrap(quote).order(ByteOrder.LITTLE_ENDIAN);
    long signed = SIGNED_V4;
    if (quote.length > SIGNED_V4 && read.getShort(0) != 4) {
      signed = 54 + Integer.toUnsignedLong(read.getInt(50)); // version 5 names its body's size
    }
    if (signed + 4 > quote.length) {
      return quote;
    }
    long end = signed + 4 + Integer.toUnsignedLong(read.getInt((int) signed));
    for (long i = end; i < quote.length; i++) {
      if (quote[(int) i] != 0) {
        return quote;
      }
    }
    return Arrays.copyOf(quote, (int) Math.min(end, quote.length));
  }

  private static void text(Json.Members offer, String name, Optional<Path> file)
      throws IOException {
    if (file.isPresent() && Files.exists(file.get())) {
      offer.put(name, new String(read(file.get()), StandardCharsets.US_ASCII));
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(LONGEST_FILE + 1);
      if (bytes.length > LONGEST_FILE) {
        throw new IOException(file + " is longer than 192 KiB");
      }
      return bytes;
    }
  }

  private static ErrorAnswer refused(int status, String reason) {
    return ErrorAnswer.invalid(status, "not_attested", reason);
  }
}
