package dejima.evidence;

import dejima.evidence.Verification.Finding;
import dejima.evidence.Verification.Step;
import dejima.evidence.tree.ProofCheck;
import dejima.evidence.tree.Proofs;
import dejima.evidence.tree.Sha256;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One run of all checks over one receipt, each leaving a finding or ending the run.
final class ReceiptChecks {
  private final Receipt receipt;
  private final VerificationKeys keys;
  private final ReceiptJudges judges;
  private final Openings openings;
  private final List<Finding> proved = new ArrayList<>();
  private final List<Finding> notProved = new ArrayList<>();

  ReceiptChecks(Receipt receipt, VerificationKeys keys, ReceiptJudges judges, Openings openings) {
    this.receipt = receipt;
    this.keys = keys;
    this.judges = judges;
    this.openings = openings;
  }

  /// Ends a run; caught by [ReceiptVerifier] alone.
  static final class Failure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
    private final Step step;
    private final String reason;

    private Failure(Step step, String reason) {
      super(reason, null, false, false);
      this.step = step;
      this.reason = reason;
    }

    Step step() {
      return step;
    }

    String reason() {
      return reason;
    }
  }

  List<Finding> proved() {
    return proved;
  }

  List<Finding> notProved() {
    return notProved;
  }

  void run() {
    var checkpoint = Checkpoint.parse(receipt.note().text());
    switch (checkpoint) {
      case Reading.Unreadable<Checkpoint>(String reason) -> throw new Failure(Step.PARSE, reason);
      case Reading.Read<Checkpoint>(Checkpoint head) -> run(head);
    }
  }

  private void run(Checkpoint head) {
    var log = new CheckpointTrust(receipt.note(), head, keys);
    require(Step.LOG_SIGNATURE, log.signer());
    require(Step.QUORUM, log.quorum());
    log.report(proved, notProved);
    included(Step.INCLUSION, receipt.index(), receipt.body(), receipt.path(), head);
    proved.add(
        new Finding(
            Step.INCLUSION,
            "included",
            "The entry stands at index %d of %s, of size %d, and cannot be changed or removed unseen by whoever follows the log."
                .formatted(receipt.index(), head.origin(), head.size()),
            "記録は %s（大きさ %d）の %d 番にあり、ログを追う者に知られずに変更も削除もできない。"
                .formatted(head.origin(), head.size(), receipt.index())));
    var facts = new ReceiptFacts(receipt);
    require(Step.INCLUSION, facts.kind());
    intents(facts, head);
    salt(facts);
    commitments(facts);
    promise(head.origin());
    site(facts);
    policy(facts);
    require(Step.SITE_FACTS, facts.siteFacts());
    grounds(facts, head);
    decision(facts);
  }

  private static <T> T require(Step step, Reading<T> reading) {
    return switch (reading) {
      case Reading.Read<T>(T value) -> value;
      case Reading.Unreadable<T>(String reason) -> throw new Failure(step, reason);
    };
  }

  private static void require(Step step, boolean holds, String otherwise) {
    if (!holds) {
      throw new Failure(step, otherwise);
    }
  }

  private static void included(
      Step step, long index, Json.Obj body, List<String> path, Checkpoint head) {
    byte[] bytes = body.canonicalBytes();
    require(step, bytes.length <= Body.MAX_BYTES, "the body is longer than a body may be");
    byte[] leaf = Body.leafHash(Sha256.of(bytes));
    var hashes = path.stream().map(hash -> StrictBase64.read(hash, 32).orThrow()).toList();
    switch (Proofs.inclusion(index, head.size(), leaf, hashes, head.rootBytes())) {
      case ProofCheck.Holds() -> {}
      case ProofCheck.Fails(String reason) -> throw new Failure(step, reason);
    }
  }

  private void intents(ReceiptFacts facts, Checkpoint head) {
    for (var intent : receipt.intents()) {
      included(Step.INTENTS, intent.index(), intent.body(), intent.path(), head);
    }
    require(Step.INTENTS, facts.attempts());
    if (!receipt.intents().isEmpty()) {
      proved.add(
          new Finding(
              Step.INTENTS,
              "intents-first",
              "%d intent(s) to send were recorded before the outcome; no other attempt is claimed."
                  .formatted(receipt.intents().size()),
              "送信の意図 %d 件が結果より前に記録されている。".formatted(receipt.intents().size())));
    }
    notProved.add(
        new Finding(
            Step.INTENTS,
            "nothing-unrecorded",
            "That the gateway sent nothing that it did not record.",
            "記録せずに送信したものがないこと。"));
  }

  private void salt(ReceiptFacts facts) {
    byte[] salt = StrictBase64.read(receipt.salt()).orThrow();
    require(
        Step.SALT,
        facts.text("saltHash").equals(Optional.of(Commitment.saltHash(salt))),
        "the salt is not the one whose hash the entry holds");
  }

  private void commitments(ReceiptFacts facts) {
    opened(facts, "requestCommitment", openings.request(), "request", "要求");
    opened(facts, "responseCommitment", openings.response(), "response", "応答");
  }

  private void opened(
      ReceiptFacts facts, String name, Optional<byte[]> bytes, String what, String japanese) {
    if (bytes.isEmpty()) {
      notProved.add(
          new Finding(
              Step.COMMITMENTS,
              what,
              "Which %s this was: its file was not given.".formatted(what),
              "どの%sか（ファイルが渡されていない）。".formatted(japanese)));
      return;
    }
    byte[] salt = StrictBase64.read(receipt.salt()).orThrow();
    require(
        Step.COMMITMENTS,
        facts.text(name).equals(Optional.of(Commitment.to(salt, bytes.get()))),
        "the " + what + " given is not the one that was committed to");
    proved.add(
        new Finding(
            Step.COMMITMENTS,
            what,
            "The %s given is the recorded one, byte for byte.".formatted(what),
            "渡された%sは記録されたものと一致する。".formatted(japanese)));
  }

  /// A promise may have been given under a key of the log that has given way since.
  private void promise(String origin) {
    if (openings.promise().isEmpty()) {
      return;
    }
    var said = require(Step.PROMISE, SignedPromise.parse(openings.promise().get()));
    var promise =
        keys.logs().stream()
            .filter(key -> key.name().equals(origin))
            .flatMap(key -> said.verify(key).toOptional().stream())
            .findFirst()
            .orElseThrow(
                () -> new Failure(Step.PROMISE, "the promise is not signed by a key of this log"));
    require(
        Step.PROMISE,
        new ReceiptFacts(receipt).holds(promise),
        "the promise is about an entry that this receipt does not hold");
    proved.add(new Finding(Step.PROMISE, "promise", "The log kept its promise.", "ログは約束を守った。"));
  }

  private void site(ReceiptFacts facts) {
    switch (require(Step.SITE_SIGNATURE, SiteSignature.check(facts))) {
      case SiteSignature.Signed(String site) ->
          proved.add(
              new Finding(
                  Step.SITE_SIGNATURE,
                  "site-signature",
                  "The holder of the pinned key of %s signed request and response.".formatted(site),
                  "%s の固定鍵の所有者が要求と応答に署名した。".formatted(site)));
      case SiteSignature.Invalid(String reason) ->
          notProved.add(
              new Finding(
                  Step.SITE_SIGNATURE,
                  "site-signature",
                  "That a site gave the response: the gateway found its signature wrong (%s)."
                      .formatted(reason),
                  "拠点が応答したこと（拠点の署名は不正と記録されている）。"));
      case SiteSignature.Unsigned() ->
          notProved.add(
              new Finding(
                  Step.SITE_SIGNATURE,
                  "site-signature",
                  "That a site gave the response: no site signature is recorded.",
                  "拠点が応答したこと（拠点の署名がない）。"));
    }
    notProved.add(
        new Finding(
            Step.GROUNDS,
            "place-beyond-level",
            "Where the machine stands, beyond the evidence level recorded for the site.",
            "機械の所在（記録された証拠水準を超える部分）。"));
  }

  private void policy(ReceiptFacts facts) {
    require(Step.POLICY, facts.policy());
    proved.add(
        new Finding(
            Step.POLICY,
            "policy",
            "The policy bundle in the receipt is the one that decided.",
            "領収書のポリシーは判定に使われたものである。"));
  }

  private void grounds(ReceiptFacts facts, Checkpoint head) {
    for (var ground : receipt.grounds()) {
      included(Step.GROUNDS, ground.index(), ground.body(), ground.path(), head);
    }
    require(Step.GROUNDS, facts.onlyNamedGrounds());
    require(Step.GROUNDS, facts.onlyNamedDocuments());
    for (var intent : receipt.intents()) {
      var named = require(Step.GROUNDS, facts.grounds(intent.body()));
      switch (judges.grounds().judge(intent.body(), named, receipt.documents())) {
        case GroundsCheck.Judgement.Holds(var shown, var open) -> {
          proved.addAll(shown);
          notProved.addAll(open);
        }
        case GroundsCheck.Judgement.Fails(Step step, String reason) ->
            throw new Failure(step, reason);
      }
    }
  }

  private void decision(ReceiptFacts facts) {
    require(Step.DECISION, facts.onlyPermittedSites());
    switch (judges.decisions().replay(facts.decided(), receipt.documents())) {
      case DecisionReplay.Replay.Same(int decisions) ->
          proved.add(
              new Finding(
                  Step.DECISION,
                  "decision",
                  "Decided again from the recorded facts, %d site(s) come out as recorded."
                      .formatted(decisions),
                  "記録された事実から再判定し、%d 拠点すべて記録と一致した。".formatted(decisions)));
      case DecisionReplay.Replay.Different(String reason) ->
          throw new Failure(Step.DECISION, reason);
    }
  }
}
