package dejima.gateway;

import dejima.evidence.Commitment;
import dejima.evidence.Entry;
import dejima.evidence.Json;
import dejima.evidence.Kind;
import dejima.residency.LegalGrounds;
import dejima.residency.ModelFacts;
import dejima.residency.RequestFacts;
import dejima.residency.SiteDecision;
import java.util.List;
import java.util.Optional;

/// What evidence keeps of one request: its identity, its commitments and every decision, in the
/// forms of its entries.
public final class RequestRecord {
  private final String id;
  private final byte[] salt;
  private final Credential credential;
  private final Classified dataClass;
  private final Decided decided;
  private final String requestCommitment;
  private final Json.Obj facts;

  /// Builds the facts that all entries of the request share.
  RequestRecord(
      String id,
      Credential credential,
      Classified dataClass,
      Decided decided,
      List<MediaDecision> media,
      Optional<SealedOutline> sealed,
      byte[] body) {
    this.id = id;
    this.salt = credential.salt().of(id);
    this.credential = credential;
    this.dataClass = dataClass;
    this.decided = decided;
    this.requestCommitment = Commitment.to(salt, body);
    Json.Members members =
        Json.object()
            .put("dataClass", dataClass.effective().label())
            .put("classSetBy", Json.strings(dataClass.setBy()))
            .put("project", credential.project())
            .put("model", decided.request().model())
            .put("operation", decided.request().kind().word())
            .put("requestCommitment", requestCommitment)
            .put("saltHash", Commitment.saltHash(salt))
            .put("policy", decided.policy())
            .put("siteFacts", decided.sheet().hash())
            .put("decisions", decided.json());
    dataClass.declared().ifPresent(said -> members.put("declared", said.label()));
    grounds(decided.request().grounds()).ifPresent(said -> members.put("grounds", said));
    model(decided.request().modelFacts()).ifPresent(known -> members.put("modelFacts", known));
    sealed.ifPresent(to -> members.put("sealed", to.keyId()));
    if (!media.isEmpty()) {
      members.put("media", Json.array(media.stream().map(MediaDecision::json).toList()));
    }
    this.facts = members.build();
  }

  private static Optional<Json> grounds(LegalGrounds said) {
    return said.equals(LegalGrounds.NONE)
        ? Optional.empty()
        : Optional.of(
            Json.object()
                .put("statutoryTask", said.statutoryTask())
                .put("subcontractingPermission", said.subcontractingPermission())
                .put("transferBasis", said.transferBasis().word())
                .build());
  }

  private static Optional<Json> model(ModelFacts known) {
    return known.equals(ModelFacts.UNREGISTERED)
        ? Optional.empty()
        : Optional.of(
            Json.object()
                .put("registered", known.registered())
                .put("owner", known.owner())
                .put("licence", known.licence())
                .put("origin", known.origin().code())
                .put("thirdPartyCalls", known.thirdPartyCalls())
                .build());
  }

  /// The receipt's id.
  public String id() {
    return id;
  }

  /// The receipt's salt, which the tenant may hand on and the log never holds.
  public byte[] salt() {
    return salt.clone();
  }

  /// Who asked.
  public Credential credential() {
    return credential;
  }

  /// By which data class it was decided.
  public Classified dataClass() {
    return dataClass;
  }

  /// The facts that policy decided by.
  public RequestFacts facts() {
    return decided.request();
  }

  /// One decision for each site that serves the model.
  public List<SiteDecision> decisions() {
    return decided.sites();
  }

  /// What policy decided.
  Decided decided() {
    return decided;
  }

  /// Base64 commitment to the client's bytes.
  public String requestCommitment() {
    return requestCommitment;
  }

  /// A commitment to the answer, to be fed with every byte that goes to the client.
  public Commitment responseCommitment() {
    return Commitment.under(salt);
  }

  /// An entry of this request: the shared facts and `more`.
  Entry entry(Kind kind, Json.Obj more) {
    return new Entry(
        id, kind, credential.tenant(), Json.object().putAll(facts).putAll(more).build());
  }

  /// The entry of a request that was refused.
  Entry refusal(Problem problem) {
    return entry(
        Kind.REFUSAL,
        Json.object().put("status", problem.status()).put("reason", problem.code()).build());
  }
}
