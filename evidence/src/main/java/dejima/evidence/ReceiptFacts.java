package dejima.evidence;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a receipt's bodies say, read together: the end of the request and the intents before it.
///
/// @param receipt whose bodies have been proved to be in the log
record ReceiptFacts(Receipt receipt) {
  private static final List<String> SHARED =
      List.of("id", "tenant", "saltHash", "requestCommitment", "dataClass", "policy", "decisions");

  /// The body that holds the decision: the last intent, else the end itself.
  Json.Obj decided() {
    return receipt.intents().isEmpty() ? receipt.body() : receipt.intents().getLast().body();
  }

  /// A text from the end, else from the decision.
  Optional<String> text(String name) {
    return receipt.body().string(name).or(() -> decided().string(name));
  }

  Reading<String> kind() {
    String kind = receipt.body().string("kind").orElse("");
    boolean ends = kind.equals(Kind.OUTCOME.text()) || kind.equals(Kind.REFUSAL.text());
    return ends
        ? new Reading.Read<>(kind)
        : new Reading.Unreadable<>("the entry is not the end of a request");
  }

  /// The intents are exactly the attempts that the end names, each before it, all about one
  /// request.
  Reading<Integer> attempts() {
    var attempts = receipt.body().array("attempts").orElse(List.of());
    if (attempts.size() != receipt.intents().size()) {
      return new Reading.Unreadable<>("the entry names another number of attempts");
    }
    long number = 0;
    for (int i = 0; i < attempts.size(); i++) {
      long previous = number;
      number = receipt.intents().get(i).body().integer("attempt").orElse(0L);
      if (!(attempts.get(i) instanceof Json.Obj attempt)
          || number <= previous
          || !matches(attempt, i)) {
        return new Reading.Unreadable<>("attempt %d is not the intent given".formatted(i + 1));
      }
    }
    return new Reading.Read<>(attempts.size());
  }

  private boolean matches(Json.Obj attempt, int i) {
    var intent = receipt.intents().get(i);
    var entry = new LoggedEntry(intent.index(), intent.body());
    return entry.is(Kind.INTENT)
        && attempt.string("intent").equals(Optional.of(entry.bodyHash()))
        && attempt.integer("attempt").equals(intent.body().integer("attempt"))
        && attempt.string("site").equals(siteOf(intent.body()))
        && before(i > 0 ? receipt.intents().get(i - 1).index() : -1, intent)
        && SHARED.stream().allMatch(name -> agree(name, intent.body()));
  }

  private boolean before(long previous, Receipt.Intent intent) {
    long sequence = intent.body().integer("sequence").orElse(Long.MAX_VALUE);
    return intent.index() > previous
        && intent.index() < receipt.index()
        && sequence < receipt.body().integer("sequence").orElse(0L);
  }

  /// What end, decision and intent all hold must be one and the same.
  private boolean agree(String name, Json.Obj intent) {
    return Stream.of(receipt.body(), decided(), intent)
            .flatMap(body -> body.get(name).stream())
            .distinct()
            .count()
        <= 1;
  }

  static Optional<String> siteOf(Json.Obj body) {
    return body.object("site").flatMap(site -> site.string("id"));
  }

  /// Is it a promise about one of these entries?
  boolean holds(SignedPromise promise) {
    var end = new LoggedEntry(receipt.index(), receipt.body());
    return Stream.concat(
            Stream.of(end),
            receipt.intents().stream().map(i -> new LoggedEntry(i.index(), i.body())))
        .anyMatch(e -> e.index() == promise.index() && e.bodyHash().equals(promise.bodyHash()));
  }

  /// The bundle's and its theorems' hashes are those of the files.
  Reading<String> policy() {
    var policy = decided().object("policy");
    var files = receipt.policyFiles();
    if (!policy.flatMap(p -> p.string("hash")).equals(Optional.of(PolicyHash.ofBundle(files)))) {
      return new Reading.Unreadable<>("the bundle's files are not those that decided");
    }
    var theorems = policy.flatMap(p -> p.string("theorems"));
    return theorems.equals(Optional.of(PolicyHash.ofTheorems(files)))
        ? new Reading.Read<>("")
        : new Reading.Unreadable<>("the theorems are not those that were recorded");
  }

  /// Every site that an attempt went to was permitted by the recorded decisions.
  Reading<Integer> onlyPermittedSites() {
    var decisions = decided().array("decisions").orElse(List.of());
    for (var intent : receipt.intents()) {
      var site = siteOf(intent.body());
      boolean permitted =
          site.isPresent()
              && decisions.stream()
                  .anyMatch(d ->
                      d instanceof Json.Obj o
                          && o.string("site").equals(site)
                          && o.string("effect").equals(Optional.of("permit")));
      if (!permitted) {
        return new Reading.Unreadable<>("an attempt went to a site that was not permitted");
      }
    }
    return new Reading.Read<>(receipt.intents().size());
  }
}
