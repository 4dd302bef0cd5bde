package dejima.server.http;

import dejima.evidence.Attachments;
import dejima.evidence.Carried;
import dejima.evidence.EvidenceLog;
import dejima.evidence.Json;
import dejima.evidence.LoggedEntry;
import dejima.evidence.Receipt;
import dejima.evidence.ReceiptForm;
import dejima.evidence.ReceiptResult;
import dejima.evidence.RequestIds;
import dejima.gateway.Credential;
import dejima.gateway.Dialect;
import dejima.gateway.Problem;
import dejima.server.policy.PolicyArchive;
import dejima.server.records.FactSheets;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives receipts to the tenant whose request they are about. Blocks; runs off the event loop.
public final class Receipts {
  private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

  private final EvidenceLog log;
  private final PolicyArchive policies;
  private final FactSheets sheets;
  private final Function<String, Carried> documents;
  private final BiFunction<String, String, Optional<byte[]>> kept;
  private final BiFunction<String, String, Optional<Receipt>> imported;

  /// @param documents what a receipt carries under a hash that a ground names
  /// @param kept the salt that a tenant's receipt kept when the key of its period was destroyed
  /// @param imported the receipt that a tenant brought along
  public Receipts(
      EvidenceLog log,
      PolicyArchive policies,
      FactSheets sheets,
      Function<String, Carried> documents,
      BiFunction<String, String, Optional<byte[]>> kept,
      BiFunction<String, String, Optional<Receipt>> imported) {
    this.log = log;
    this.policies = policies;
    this.sheets = sheets;
    this.documents = documents;
    this.kept = kept;
    this.imported = imported;
  }

  /// What is answered.
  public sealed interface Answer {
    /// The file.
    record Found(ReceiptForm form, Buffer file) implements Answer {}

    /// No tree head covers it yet.
    record Later() implements Answer {}

    /// An error.
    record Failed(Problem problem) implements Answer {}
  }

  /// The form that a client accepts: the proof, unless it names another one alone.
  static ReceiptForm form(Optional<String> accept) {
    return Arrays.stream(ReceiptForm.values())
        .filter(form -> accept.equals(Optional.of(form.mediaType())))
        .findFirst()
        .orElse(ReceiptForm.PROOF);
  }

  /// A receipt of the tenant's own, or one that it brought along from another installation, which
  /// comes in its own form always.
  public Answer find(Credential credential, String id, ReceiptForm form) {
    List<LoggedEntry> entries = RequestIds.isId(id) ? log.find(id) : List.of();
    if (entries.isEmpty() || !tenant(entries.getFirst()).equals(credential.tenant())) {
      return imported
          .apply(credential.tenant(), id)
          .<Answer>map(
              receipt -> new Answer.Found(ReceiptForm.PROOF, Buffer.buffer(receipt.bytes())))
          .orElseGet(Receipts::unknown);
    }
    return credential
        .salt()
        .find(id)
        .or(() -> kept.apply(credential.tenant(), id))
        .map(salt -> find(id, salt, entries, form))
        .orElseGet(Receipts::destroyed);
  }

  private static Answer unknown() {
    return new Answer.Failed(
        Problem.notFound(
            "receipt_not_found",
            "This tenant has no request of this id. The id stands in the answer's"
                + " 'Dejima-Receipt' header."));
  }

  private Answer find(String id, byte[] salt, List<LoggedEntry> entries, ReceiptForm form) {
    return switch (log.receipt(id, salt, attachments(entries))) {
      case ReceiptResult.Ready(Receipt receipt) ->
          new Answer.Found(form, Buffer.buffer(log.issue(receipt, form)));
      case ReceiptResult.Pending _ -> new Answer.Later();
      case ReceiptResult.Unknown _ -> new Answer.Later();
      case ReceiptResult.Mismatch(String reason) -> mismatch(id, reason);
    };
  }

  private static Answer destroyed() {
    return new Answer.Failed(
        new Problem(
            410,
            "invalid_request_error",
            "receipt_destroyed",
            "The salt of this receipt was destroyed at the tenant's wish. Its entries stay in the"
                + " log, and nobody can show any more what they were about.",
            Optional.empty(),
            OptionalInt.empty()));
  }

  private static Answer mismatch(String id, String reason) {
    LOG.error("the receipt of {} cannot be made: {}", id, reason);
    return new Answer.Failed(
        new Problem(
            500,
            "api_error",
            "receipt_unavailable",
            "The receipt cannot be put together: "
                + reason
                + ". The record itself is untouched; tell the operator of this gateway.",
            Optional.empty(),
            OptionalInt.empty()));
  }

  private Attachments attachments(List<LoggedEntry> entries) {
    LoggedEntry first = entries.getFirst();
    List<LoggedEntry> grounds = entries.stream().flatMap(this::grounds).distinct().toList();
    return new Attachments(
        bundle(first).orElse(Map.of()),
        first.body().string("siteFacts").flatMap(sheets::find).orElse(Json.array(List.of())),
        grounds,
        grounds.stream()
            .flatMap(ground -> Carried.named(ground.body()))
            .distinct()
            .map(documents)
            .reduce(Carried.NONE, Carried::and));
  }

  /// The entries that an intent names as grounds of its site's evidence level.
  private Stream<LoggedEntry> grounds(LoggedEntry entry) {
    return entry.body().object("site").stream()
        .flatMap(site -> site.objects("grounds").stream())
        .flatMap(named ->
            log.find(named.string("id").orElse("")).stream()
                .filter(found -> named.string("hash").equals(Optional.of(found.bodyHash()))));
  }

  private Optional<Map<String, String>> bundle(LoggedEntry entry) {
    return entry
        .body()
        .object("policy")
        .flatMap(policy -> policy.string("hash"))
        .flatMap(policies::signed);
  }

  private static String tenant(LoggedEntry entry) {
    return entry.body().string("tenant").orElse("");
  }

  static void write(HttpServerResponse response, Answer answer) {
    switch (answer) {
      case Answer.Found(ReceiptForm form, Buffer file) ->
          Answers.respond(response, 200, form.mediaType(), file.getBytes());
      case Answer.Later _ -> {
        response.putHeader("Retry-After", "1");
        Answers.text(
            response,
            202,
            "The request has not ended, or no tree head covers it yet. Ask again.\n");
      }
      case Answer.Failed(Problem problem) -> Answers.problem(response, Dialect.OPENAI, problem);
    }
  }
}
