package dejima.server.http;

import dejima.evidence.AppendFailure;
import dejima.gateway.Problem;

/// What a client is told when its request cannot be recorded, and therefore is not sent.
final class EvidenceProblem {
  private EvidenceProblem() {}

  static Problem of(AppendFailure failure) {
    return switch (failure) {
      case AppendFailure.QueueFull _ ->
          Problem.unavailable(
              "evidence_overloaded",
              "More requests wait to be recorded than this node records. It was not sent. Try"
                  + " again shortly.",
              1);
      case AppendFailure.EntryTooLarge _ ->
          Problem.unavailable(
              "evidence_too_large",
              "The record of this request would be longer than the log takes, most likely because"
                  + " too many sites serve the model. It was not sent. Tell the operator of this"
                  + " gateway.",
              60);
      case AppendFailure.LogUnavailable _ ->
          Problem.unavailable(
              "evidence_unavailable",
              "The request cannot be recorded durably, so it was not sent. The operator of this"
                  + " gateway must look after the evidence log, most likely its disk. Try again"
                  + " later.",
              5);
    };
  }
}
