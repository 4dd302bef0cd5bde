package dejima.agent.http;

import dejima.agent.ErrorAnswer;
import dejima.attestation.AnswerSealer;
import dejima.attestation.SealedPrompt;
import dejima.evidence.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Opens prompts that are sealed to this site's environment: each once, and only within minutes of
/// when it was sealed. A gateway that sends one again gets no second answer.
final class Unsealing {
  /// How far the asker's clock may differ from this machine's, in either direction.
  static final Duration FRESH = Duration.ofMinutes(5);

  /// Prompts of the last minutes that are remembered; beyond that none is opened.
  private static final int MOST = 200_000;

  private static final Duration SWEEP = Duration.ofSeconds(10);
  private static final int KEY = 32;

  private final String site;
  private final Optional<Path> secret;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Instant started;
  private final Map<String, Instant> opened = new HashMap<>();
  private Instant latest = Instant.MIN;
  private Instant swept = Instant.MIN;

  /// What came of a sealed body.
  sealed interface Outcome {
    /// A request for the engine.
    final class Opened implements Outcome {
      private final byte[] body;
      private final AnswerSealer sealer;

      private Opened(byte[] body, AnswerSealer sealer) {
        this.body = body;
        this.sealer = sealer;
      }

      /// What was inside.
      byte[] body() {
        return body;
      }

      /// Seals the answer.
      AnswerSealer sealer() {
        return sealer;
      }
    }

    /// It was opened, and no engine can be asked what is inside.
    ///
    /// @param error to be sealed: it may tell of what is inside
    record Unusable(ErrorAnswer error, AnswerSealer sealer) implements Outcome {}

    /// It was not opened.
    ///
    /// @param error says nothing of what is inside
    record Refused(ErrorAnswer error) implements Outcome {}
  }

  /// @param site the site's id
  /// @param secret the file with the private key, if the operator has set one; it is read each
  ///   time, because it may be released late and changed
  /// @param clock the wall clock
  /// @param random cryptographically strong
  Unsealing(String site, Optional<Path> secret, InstantSource clock, RandomGenerator random) {
    this.site = site;
    this.secret = secret;
    this.clock = clock;
    this.random = random;
    this.started = clock.instant();
  }

  /// Opens a body; blocks to read the key.
  Outcome open(byte[] body) {
    return switch (SealedPrompt.read(body)) {
      case Reading.Unreadable<SealedPrompt>(String reason) ->
          refused(400, "unreadable_request", "The sealed prompt cannot be read: " + reason + ".");
      case Reading.Read<SealedPrompt>(SealedPrompt prompt) when !prompt.site().equals(site) ->
          refused(400, "sealed_to_another_site", "The prompt is sealed to another site.");
      case Reading.Read<SealedPrompt>(SealedPrompt prompt) -> open(prompt);
    };
  }

  private Outcome open(SealedPrompt prompt) {
    Optional<byte[]> key = key();
    if (key.isEmpty()) {
      return new Outcome.Refused(
          ErrorAnswer.unavailable(
              503,
              "sealing_key_absent",
              "This site's environment holds no sealing key now: its file"
                  + " (attestation.sealingSecret in agent.yaml) is missing or has not 32 bytes. Try"
                  + " again later."));
    }
    return switch (prompt.open(key.get(), SealedPrompt.publicKey(key.get()))) {
      case Reading.Unreadable<SealedPrompt.Opened>(String reason) ->
          refused(
              400,
              "sealed_prompt_unopened",
              "The sealed prompt cannot be opened here: "
                  + reason
                  + ". Ask for the site's sealing key anew and seal it to that.");
      case Reading.Read<SealedPrompt.Opened>(SealedPrompt.Opened found) ->
          stale(prompt).<Outcome>map(Outcome.Refused::new).orElseGet(() -> usable(prompt, found));
    };
  }

  /// Judged after the prompt is known to be genuine, so that forgeries fill no memory.
  private synchronized Optional<ErrorAnswer> stale(SealedPrompt prompt) {
    Instant now = now();
    Instant issued = Instant.ofEpochMilli(prompt.issued());
    boolean old = issued.plus(FRESH).isBefore(now) || issued.isBefore(started.minusSeconds(1));
    if (old || issued.isAfter(now.plus(FRESH))) {
      return Optional.of(
          ErrorAnswer.invalid(
              400,
              "sealed_prompt_stale",
              "The prompt was sealed more than five minutes from now by this site's clock, or"
                  + " before the site's agent was started. Seal it anew, and see to your clock."));
    }
    forget(now);
    if (opened.size() >= MOST) {
      return Optional.of(
          ErrorAnswer.unavailable(
              503, "site_busy", "This site has opened too many sealed prompts. Try again later."));
    }
    return opened.putIfAbsent(prompt.encapsulated(), issued.plus(FRESH)) == null
        ? Optional.empty()
        : Optional.of(
            ErrorAnswer.invalid(
                409,
                "sealed_prompt_replayed",
                "This sealed prompt was opened before, and each is opened once. Seal it anew."));
  }

  /// A wall clock that is set back does not bring back what was forgotten.
  private Instant now() {
    Instant said = clock.instant();
    latest = said.isAfter(latest) ? said : latest;
    return latest;
  }

  private void forget(Instant now) {
    if (!now.isBefore(swept.plus(SWEEP))) {
      swept = now;
      opened.values().removeIf(until -> until.isBefore(now));
    }
  }

  /// The gateway has decided by the model on the envelope.
  private Outcome usable(SealedPrompt prompt, SealedPrompt.Opened found) {
    AnswerSealer sealer = found.answerKey().sealing(random);
    byte[] body = found.body();
    return switch (RequestedModel.of(body)) {
      case RequestedModel.Named(String id, boolean again)
          when id.equals(prompt.model()) && !again ->
          new Outcome.Opened(body, sealer);
      case RequestedModel.Named _ -> new Outcome.Unusable(otherModel(), sealer);
      case RequestedModel.Unreadable(String reason) ->
          new Outcome.Unusable(
              ErrorAnswer.invalid(
                  400, "unreadable_request", "The request cannot be read: " + reason + "."),
              sealer);
    };
  }

  /// The body inside, or the path, names another model than the envelope.
  static ErrorAnswer otherModel() {
    return ErrorAnswer.invalid(
        400,
        "sealed_for_another_model",
        "The model on the sealed prompt's envelope, the one inside and the one in the path must be"
            + " the same.");
  }

  private Optional<byte[]> key() {
    if (secret.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream file = Files.newInputStream(secret.get())) {
      byte[] key = file.readNBytes(KEY + 1);
      return key.length == KEY ? Optional.of(key) : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static Outcome refused(int status, String code, String message) {
    return new Outcome.Refused(ErrorAnswer.invalid(status, code, message));
  }
}
