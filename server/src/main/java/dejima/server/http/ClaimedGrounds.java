package dejima.server.http;

import dejima.gateway.Problem;
import dejima.residency.LegalGrounds;
import dejima.residency.TransferBasis;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/// What a request's headers say makes it lawful.
public sealed interface ClaimedGrounds {
  /// Id of the task for which the My Number Act permits the use.
  String STATUTORY_TASK = "Dejima-Statutory-Task";

  /// Id of the permission to subcontract work with individual numbers.
  String SUBCONTRACTING = "Dejima-Subcontracting-Permission";

  /// Ground of a transfer of personal information abroad.
  String TRANSFER_BASIS = "Dejima-Transfer-Basis";

  /// Every header that is there can be read.
  record Claimed(LegalGrounds grounds) implements ClaimedGrounds {}

  /// One cannot.
  record Malformed(Problem problem) implements ClaimedGrounds {}

  /// Reads the three headers; each may be left out and must not stand twice.
  static ClaimedGrounds in(MultiMap headers) {
    for (String name : List.of(STATUTORY_TASK, SUBCONTRACTING)) {
      if (headers.contains(name) && !isId(headers.getAll(name))) {
        return malformed(
            name,
            "must hold one id of 1 to 128 letters, digits and ._:/- that begins with a letter or digit");
      }
    }
    List<String> basis = headers.getAll(TRANSFER_BASIS);
    Optional<TransferBasis> read = basis.isEmpty() ? Optional.of(TransferBasis.NONE) : basis(basis);
    return read.<ClaimedGrounds>map(known ->
            new Claimed(
                new LegalGrounds(
                    one(headers, STATUTORY_TASK), one(headers, SUBCONTRACTING), known)))
        .orElseGet(() ->
            malformed(TRANSFER_BASIS, "must be one of none, consent, equivalent and adequate"));
  }

  private static Optional<TransferBasis> basis(List<String> values) {
    return values.size() == 1 ? TransferBasis.read(values.getFirst()) : Optional.empty();
  }

  private static boolean isId(List<String> values) {
    return values.size() == 1 && LegalGrounds.isId(values.getFirst());
  }

  private static String one(MultiMap headers, String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  private static Malformed malformed(String header, String must) {
    return new Malformed(
        Problem.badRequest(
                "invalid_legal_grounds", "The header '" + header + "' " + must + ". Correct it.")
            .at(header));
  }
}
