package dejima.server.attestation;

import dejima.attestation.HeadNonce;
import dejima.attestation.Mirror;
import dejima.evidence.Carried;
import dejima.evidence.CarriedFolder;
import dejima.evidence.Json;
import dejima.evidence.Reading;
import dejima.server.files.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Keeps by hash what an attestation was judged by, because receipts carry it: offers in
/// `<hash>.json`, tree heads that nonces were made of in `<hash>.note`, mirrors in
/// `<hash>.mirror.json`.
///
/// @param directory where
public record AttestationArchive(Path directory) {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final List<String> TEXTS = List.of(".json", ".note");
  private static final String MIRROR = ".mirror.json";

  /// Keeps them durably.
  ///
  /// @throws UncheckedIOException if the disk refuses
  void keep(String offer, Mirror mirror, List<HeadNonce> nonces) {
    keep(Carried.hash(offer) + ".json", offer);
    keep(mirror.hash() + MIRROR, CarriedFolder.of(mirror.files()).json().canonicalText());
    nonces.forEach(nonce -> keep(nonce.hash() + ".note", nonce.head().noteText()));
  }

  private void keep(String name, String text) {
    try {
      Files.createDirectories(directory);
      if (!Files.exists(directory.resolve(name))) {
        DurableFile.replace(directory.resolve(name), text);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("attestation cannot be kept in " + directory, failed);
    }
  }

  /// What is kept under a hash; nothing if none is.
  public Carried find(String hash) {
    if (!HASH.matcher(hash).matches()) {
      return Carried.NONE;
    }
    for (String ending : TEXTS) {
      Optional<String> text = read(hash + ending);
      if (text.isPresent()) {
        return new Carried(Map.of(), Map.of(hash, text.get()));
      }
    }
    return read(hash + MIRROR)
        .flatMap(text -> folder(text.getBytes(StandardCharsets.UTF_8)))
        .map(folder -> new Carried(Map.of(hash, folder), Map.of()))
        .orElse(Carried.NONE);
  }

  private static Optional<CarriedFolder> folder(byte[] text) {
    return Json.read(text, 1 << 30)
        .then(json ->
            json instanceof Json.Obj files
                ? CarriedFolder.read(files)
                : new Reading.Unreadable<>("no folder"))
        .toOptional();
  }

  private Optional<String> read(String name) {
    Path place = directory.resolve(name);
    try {
      return Files.exists(place) ? Optional.of(Files.readString(place)) : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(place + " cannot be read", unreadable);
    }
  }
}
