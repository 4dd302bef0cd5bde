package dejima.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a receipt's bodies say, read together: the end of the request and the intents before it.
///
/// @param receipt whose bodies have been proved to be in the log
record ReceiptFacts(Receipt receipt) {
  private static final List<String> SHARED =
      List.of(
          "id",
          "tenant",
          "saltHash",
          "requestCommitment",
          "dataClass",
          "policy",
          "siteFacts",
          "decisions");

  private static final List<String> PLACE = List.of("operator", "country", "control");

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

  private boolean before(long previous, Receipt.Proven intent) {
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

  /// The sites' facts are those that the decision names.
  Reading<String> siteFacts() {
    String hash = receipt.documents().siteFacts().canonicalHash();
    return decided().string("siteFacts").equals(Optional.of(hash))
        ? new Reading.Read<>(hash)
        : new Reading.Unreadable<>("the sites' facts are not those that were decided by");
  }

  /// The entries that an intent names as grounds, in its order, from among those given along.
  Reading<List<Json.Obj>> grounds(Json.Obj intent) {
    var found = new ArrayList<Json.Obj>();
    for (String hash : groundsNamed(intent)) {
      var entry =
          receipt.grounds().stream()
              .map(Receipt.Proven::body)
              .filter(body -> body.canonicalHash().equals(hash))
              .findFirst();
      if (entry.isEmpty()) {
        return new Reading.Unreadable<>("an entry that an intent names as a ground is missing");
      }
      found.add(entry.get());
    }
    return new Reading.Read<>(List.copyOf(found));
  }

  /// Every entry given along as a ground is named by some intent.
  Reading<Integer> onlyNamedGrounds() {
    var named =
        receipt.intents().stream()
            .flatMap(intent -> groundsNamed(intent.body()).stream())
            .collect(Collectors.toSet());
    return receipt.grounds().stream().allMatch(g -> named.contains(g.body().canonicalHash()))
        ? new Reading.Read<>(named.size())
        : new Reading.Unreadable<>("an entry is given along that no intent names");
  }

  /// Every document that is carried stands under its own hash, and some ground names it.
  Reading<Integer> onlyNamedDocuments() {
    var carried = receipt.documents().carried().orElse(Carried.NONE);
    if (!carried.isNamedRightly()) {
      return new Reading.Unreadable<>("a document given along is not the one of its hash");
    }
    var named =
        receipt.grounds().stream()
            .flatMap(ground -> Carried.named(ground.body()))
            .collect(Collectors.toSet());
    return carried.names().allMatch(named::contains)
        ? new Reading.Read<>(named.size())
        : new Reading.Unreadable<>("a document is given along that no entry names");
  }

  private static List<String> groundsNamed(Json.Obj intent) {
    return intent.object("site").flatMap(site -> site.array("grounds")).orElse(List.of()).stream()
        .map(ground -> ground instanceof Json.Obj named ? named.string("hash").orElse("") : "")
        .toList();
  }

  /// Every site that an attempt went to was permitted by the recorded decisions.
  Reading<Integer> onlyPermittedSites() {
    var permitted = permitted();
    for (var intent : receipt.intents()) {
      var site = siteOf(intent.body());
      var level = intent.body().object("site").flatMap(at -> at.string("evidence")).orElse("");
      if (site.filter(id -> permitted.contains(id + " " + level)).isEmpty()) {
        return new Reading.Unreadable<>(
            "an attempt went to a site that was not permitted at its evidence level");
      }
      if (!isAsOnRecord(intent.body())) {
        return new Reading.Unreadable<>("an intent says of its site what is not on record of it");
      }
    }
    return new Reading.Read<>(receipt.intents().size());
  }

  /// Operator, country and control of an intent's site are those by which it was decided.
  private boolean isAsOnRecord(Json.Obj intent) {
    var site = intent.object("site").orElseGet(() -> Json.object().build());
    var sheet =
        receipt.documents().siteFacts() instanceof Json.Arr(var all) ? all : List.<Json>of();
    return sheet.stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .filter(known -> known.string("site").equals(site.string("id")))
        .allMatch(known -> PLACE.stream().allMatch(n -> site.get(n).equals(known.get(n))));
  }

  /// The sites that the recorded decisions permit: id, space, evidence level.
  private Set<String> permitted() {
    return decided().object("decisions").flatMap(d -> d.array("sites")).orElse(List.of()).stream()
        .filter(Json.Obj.class::isInstance)
        .map(Json.Obj.class::cast)
        .filter(group -> group.string("effect").equals(Optional.of("permit")))
        .flatMap(group ->
            group.array("sites").orElse(List.of()).stream()
                .filter(Json.Str.class::isInstance)
                .map(id -> ((Json.Str) id).value() + " " + group.string("evidence").orElse("")))
        .collect(Collectors.toSet());
  }
}
