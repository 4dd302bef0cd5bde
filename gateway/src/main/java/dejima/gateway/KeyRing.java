package dejima.gateway;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All keys that this node answers to, held in memory so that authentication needs no database.
///
/// A presented key has the form `dj_<id>_<secret>`.
public final class KeyRing {
  private static final String PREFIX = "dj_";
  private static final KeyHash NOBODY = KeyHash.of("");
  private static final String HOW =
      "Create one with './dejima keys create' and send it as 'Authorization: Bearer …' or"
          + " 'api-key: …'.";

  private volatile Map<String, Credential> keys = Map.of();
  private final AuthenticationThrottle throttle = new AuthenticationThrottle();
  private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();

  /// A ring without keys.
  public KeyRing() {}

  /// Who is asking.
  public sealed interface Check {
    /// A key of ours, valid now.
    ///
    /// @param credential the key
    record Known(Credential credential) implements Check {}

    /// Nobody.
    ///
    /// @param problem what to answer
    record Refused(Problem problem) implements Check {}
  }

  /// Puts another set of keys in force at once.
  public void replace(Collection<Credential> current) {
    Map<String, Credential> next =
        current.stream().collect(Collectors.toUnmodifiableMap(Credential::id, Function.identity()));
    keys.forEach((id, before) -> {
      Credential after = next.get(id);
      if (after == null || !after.limits().equals(before.limits())) {
        allowances.remove(id);
      }
    });
    keys = next;
  }

  /// Checks a presented key, spending the same time on unknown ids as on known ones.
  ///
  /// @param presented the key as the client sent it, if it sent one
  /// @param now the wall clock
  public Check check(Optional<String> presented, Instant now) {
    if (presented.isEmpty()) {
      return refused("missing_api_key", "No API key was sent. " + HOW);
    }
    String key = presented.get();
    int split = key.indexOf('_', PREFIX.length());
    boolean shaped = key.startsWith(PREFIX) && split > 0 && key.length() < 200;
    Credential found = shaped ? keys.get(key.substring(PREFIX.length(), split)) : null;
    KeyHash expected = found == null ? NOBODY : found.secret();
    boolean matches = expected.matches(shaped ? key.substring(split + 1) : "-");
    if (found == null || !matches) {
      return refused("invalid_api_key", "This API key is not known here. " + HOW);
    }
    if (found.revoked()) {
      return refused("revoked_api_key", "This API key was revoked. " + HOW);
    }
    if (found.expires().filter(end -> !now.isBefore(end)).isPresent()) {
      return refused(
          "expired_api_key", "This API key expired at " + found.expires().get() + ". " + HOW);
    }
    return new Check.Known(found);
  }

  /// What to answer to a refused client: the refusal, or, to an address that keeps failing, that it
  /// should wait.
  ///
  /// @param address the client's, as its connection has it
  public Problem answer(Check.Refused refused, String address, long nanoTime) {
    OptionalInt pause = throttle.failed(address, nanoTime);
    return pause.isEmpty()
        ? refused.problem()
        : Problem.limited(
            "too_many_failed_authentications",
            "Requests without a valid API key keep coming from your address. Correct the key that"
                + " your client sends; one that is valid works at once. "
                + HOW,
            pause.getAsInt());
  }

  /// What is left of a key's limits.
  public Allowance allowance(Credential credential, long nanoTime) {
    return allowances.computeIfAbsent(
        credential.id(), _ -> new Allowance(credential.limits(), nanoTime));
  }

  private static Check refused(String code, String message) {
    return new Check.Refused(Problem.unauthenticated(code, message));
  }
}
