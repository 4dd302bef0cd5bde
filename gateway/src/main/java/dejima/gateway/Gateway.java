package dejima.gateway;

import dejima.residency.ActivePolicy;
import dejima.residency.DataClass;
import dejima.residency.DataClassReading;
import dejima.residency.Decision;
import dejima.residency.Destination.MediaHost;
import dejima.residency.Destination.SiteFacts;
import dejima.residency.EvidenceLevel;
import dejima.residency.LegalGrounds;
import dejima.residency.ModelFacts;
import dejima.residency.PolicyBundle;
import dejima.residency.RequestFacts;
import dejima.residency.RequestKind;
import dejima.residency.SiteDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Reads, classifies and decides requests: steps 2 to 6 of a request's way.
///
/// Nothing here blocks, sends or stores; the caller records what comes out before it acts on it.
public final class Gateway {
  private static final int MOST_REMEMBERED = 4_096;

  private final ActivePolicy policy;
  private final SiteTable sites;
  private final Function<String, ModelFacts> models;
  private final Supplier<String> ids;
  private final Map<Question, Decided> remembered = new ConcurrentHashMap<>();

  private record Question(
      PolicyBundle bundle, RequestFacts request, FactSheet sheet, List<SiteFacts> sites) {}

  /// An authenticated request.
  public static final class Request {
    private final Credential credential;
    private final Route.Inference route;
    private final Optional<String> declaredClass;
    private final LegalGrounds grounds;
    private final byte[] body;

    /// Takes the body over without copying it.
    ///
    /// @param credential who asks
    /// @param route what for
    /// @param declaredClass the `Dejima-Data-Class` header, if there is one
    /// @param grounds what the client says makes the request lawful
    /// @param body the client's bytes, which nobody changes from here on
    public Request(
        Credential credential,
        Route.Inference route,
        Optional<String> declaredClass,
        LegalGrounds grounds,
        byte[] body) {
      this.credential = credential;
      this.route = route;
      this.declaredClass = declaredClass;
      this.grounds = grounds;
      this.body = body;
    }
  }

  /// Decides by `policy` over `sites`.
  ///
  /// @param models what the register says of a model
  /// @param ids names receipts
  public Gateway(
      ActivePolicy policy,
      SiteTable sites,
      Function<String, ModelFacts> models,
      Supplier<String> ids) {
    this.policy = policy;
    this.sites = sites;
    this.models = models;
    this.ids = ids;
  }

  /// What a bundle says now of every site that serves the model for the operation, as if such a
  /// request came. Nothing is recorded.
  ///
  /// @param asked what the register says of the model is looked up anew
  public List<SiteDecision> survey(PolicyBundle bundle, RequestFacts asked) {
    RequestFacts facts =
        new RequestFacts(
            asked.dataClass(),
            asked.tenant(),
            asked.project(),
            asked.model(),
            asked.kind(),
            asked.grounds(),
            models.apply(asked.model()));
    List<SiteState> able =
        sites.sites().stream().filter(site -> site.serves(facts.model(), facts.kind())).toList();
    return bundle.decideAll(facts, seen(able, sites.sheet(), facts));
  }

  /// What a bundle says now of a class at one site, for a chat of no particular tenant and without
  /// claimed grounds: with whichever of the site's models fares best, or, while it has named none,
  /// with one that nobody registered. Nothing is recorded.
  public Decision atBest(PolicyBundle bundle, DataClass dataClass, SiteState site) {
    List<String> named =
        site.report()
            .map(report -> report.models().stream().map(ServedModel::id).toList())
            .filter(models -> !models.isEmpty())
            .orElseGet(() -> List.of(""));
    List<Decision> decisions =
        named.stream()
            .map(model ->
                new RequestFacts(
                    dataClass,
                    "",
                    "",
                    model,
                    RequestKind.CHAT,
                    LegalGrounds.NONE,
                    models.apply(model)))
            .map(
                facts -> bundle.decide(facts, seen(List.of(site), sites.sheet(), facts).getFirst()))
            .toList();
    return decisions.stream().filter(Decision::permits).findFirst().orElseGet(decisions::getFirst);
  }

  /// A gateway that knows the same of models and decides by one bundle for ever, over other sites.
  ///
  /// @param otherIds names its receipts
  public Gateway over(SiteTable others, PolicyBundle bundle, Supplier<String> otherIds) {
    return new Gateway(new ActivePolicy(bundle), others, models, otherIds);
  }

  /// Plans the way of a request, or says why it has none.
  public Planning plan(Request request) {
    return switch (RequestScanner.scan(request.body)) {
      case BodyReading.Unreadable(String reason) ->
          new Planning.Unreadable(
              Problem.badRequest("invalid_body", reason + " Correct the body and send it again."));
      case BodyReading.Read(RequestOutline outline) -> label(request, outline);
    };
  }

  private Planning label(Request request, RequestOutline outline) {
    Optional<DataClass> outside = outline.sealed().map(SealedOutline::dataClass);
    if (request.declaredClass.isEmpty()) {
      return address(request, outline, outside);
    }
    return switch (DataClass.read(request.declaredClass.get())) {
      case DataClassReading.Read(DataClass declared) ->
          address(request, outline, Optional.of(outside.map(declared::join).orElse(declared)));
      case DataClassReading.Unreadable(String reason) ->
          new Planning.Unreadable(
              Problem.badRequest(
                      "invalid_data_class",
                      "The header 'Dejima-Data-Class' cannot be read: " + reason)
                  .at("Dejima-Data-Class"));
    };
  }

  private Planning address(Request request, RequestOutline outline, Optional<DataClass> declared) {
    Optional<String> model = request.route.deployment().or(outline::model);
    if (model.isEmpty()) {
      return new Planning.Unreadable(
          Problem.badRequest(
                  "missing_model", "The body names no 'model'. Add one; /v1/models lists them.")
              .at("model"));
    }
    if (outline.sealed().isPresent() && !model.equals(outline.model())) {
      return new Planning.Unreadable(
          Problem.badRequest(
                  "sealed_for_another_model",
                  "The path names another model than the sealed prompt. Use the path of its model,"
                      + " or /v1/.")
              .at("model"));
    }
    List<SiteState> serving = sites.serving(model.get());
    if (serving.isEmpty()) {
      return new Planning.Unreadable(
          Problem.notFound(
                  "model_not_found",
                  "No site serves a model of this name. '/v1/models' lists those that are served.")
              .at("model"));
    }
    RequestKind kind = request.route.kind();
    List<SiteState> able = serving.stream().filter(site -> site.serves(model.get(), kind)).toList();
    if (able.isEmpty()) {
      return new Planning.Unreadable(
          Problem.badRequest(
                  "unsupported_operation",
                  "No site serves this model for the operation '"
                      + kind.word()
                      + "'. Ask another model, or this one for what it can do.")
              .at("model"));
    }
    return decide(request, outline, declared, model.get(), able);
  }

  private Planning decide(
      Request request,
      RequestOutline outline,
      Optional<DataClass> declared,
      String model,
      List<SiteState> serving) {
    Credential credential = request.credential;
    Classified dataClass =
        Classified.join(
            declared,
            credential.defaultClass(),
            // A ciphertext has nothing to be found in it.
            outline.sealed().isPresent() ? Set.of() : ContentInspection.of(request.body));
    RequestFacts facts =
        new RequestFacts(
            dataClass.effective(),
            credential.tenant(),
            credential.project(),
            model,
            request.route.kind(),
            request.grounds,
            models.apply(model));
    Decided decided = decided(facts, serving);
    List<MediaDecision> media = media(outline, decided);
    RequestRecord record =
        new RequestRecord(
            ids.get(), credential, dataClass, decided, media, outline.sealed(), request.body);
    return Refusals.of(record, media)
        .or(() ->
            outline
                .sealed()
                .filter(sealed -> opening(record, sealed).isEmpty())
                .map(sealed -> Refusals.sealed(record, sealed)))
        .<Planning>map(Planning.Refused::new)
        .orElseGet(() -> planned(record, outline, request, serving));
  }

  private Planning planned(
      RequestRecord record, RequestOutline outline, Request request, List<SiteState> serving) {
    Set<String> permitted =
        outline
            .sealed()
            .map(sealed -> opening(record, sealed))
            .orElseGet(() -> record.decided().permitted());
    List<SiteState> candidates =
        serving.stream().filter(site -> permitted.contains(site.id())).toList();
    Optional<String> overridden =
        request.route.deployment().filter(name -> !outline.model().equals(Optional.of(name)));
    return new Planning.Planned(
        new InferencePlan(
            record,
            outline,
            overridden,
            SiteTable.byPreference(candidates),
            site -> stillPermitted(site, record.decided())));
  }

  /// Whether the policy in force now permits the site by what is established about it now, and on
  /// no less evidence than the decision went by, which is what its intent records. What is on
  /// record of the site must be the same: the entries that an intent names bear the newest facts.
  private boolean stillPermitted(SiteState site, Decided decided) {
    FactSheet sheet = sites.sheet();
    SiteFacts now = seen(List.of(site), sheet, decided.request()).getFirst();
    return decided
            .site(site.id())
            .filter(then -> now.evidence().level() >= then.evidence().level())
            .isPresent()
        && sheet.of(site.id()).equals(decided.sheet().of(site.id()))
        && policy.current().decide(decided.request(), now).permits();
  }

  /// The site that can open a sealed prompt, if it is permitted and at E4 as it was decided.
  private static Set<String> opening(RequestRecord record, SealedOutline sealed) {
    return record.decisions().stream()
        .filter(decided -> decided.decision().permits())
        .map(SiteDecision::site)
        .filter(site -> site.id().equals(sealed.site()) && site.evidence() == EvidenceLevel.E4)
        .map(SiteFacts::id)
        .collect(Collectors.toSet());
  }

  private Decided decided(RequestFacts facts, List<SiteState> serving) {
    FactSheet sheet = sites.sheet();
    Question question = new Question(policy.current(), facts, sheet, seen(serving, sheet, facts));
    Decided known = remembered.get(question);
    if (known != null) {
      return known;
    }
    if (remembered.size() >= MOST_REMEMBERED) {
      remembered.clear();
    }
    Decided fresh = Decided.of(question.bundle(), facts, sheet, question.sites());
    remembered.put(question, fresh);
    return fresh;
  }

  private static List<SiteFacts> seen(
      List<SiteState> serving, FactSheet sheet, RequestFacts request) {
    Set<String> digests = request.modelFacts().digests();
    List<SiteFacts> seen = new ArrayList<>(serving.size());
    for (SiteState site : serving) {
      SiteFacts onRecord = sheet.of(site.id()).orElseGet(site::configured);
      seen.add(site.facts(onRecord, site.reports(request.model(), digests)));
    }
    return seen;
  }

  private static List<MediaDecision> media(RequestOutline outline, Decided decided) {
    return outline.media().stream()
        .map(url -> new MediaHost(url.scheme(), url.host()))
        .distinct()
        .map(host -> new MediaDecision(host, decided.bundle().decide(decided.request(), host)))
        .toList();
  }
}
