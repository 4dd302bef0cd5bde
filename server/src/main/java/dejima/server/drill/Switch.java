package dejima.server.drill;

import dejima.evidence.Json;
import dejima.server.drill.Probe.Result;
import dejima.server.drill.Probe.Shot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How one kind of work went over to other sites, from the moment at which its sites were taken
/// away.
///
/// @param work what was asked
/// @param shots its requests, before and after
/// @param at that moment, on the monotonic clock
/// @param withdrawal what was taken away
record Switch(Work work, List<Shot> shots, long at, Withdrawal withdrawal) {
  private static final double NANOS_PER_MILLI = 1e6;

  /// Copies the list.
  Switch {
    shots = List.copyOf(shots);
  }

  private Stream<Shot> after() {
    return shots.stream().filter(shot -> shot.startedAt() >= at);
  }

  private Stream<Shot> underWay() {
    return shots.stream().filter(shot -> shot.startedAt() < at && shot.endedAt() >= at);
  }

  /// From the withdrawal to the end of the first whole answer of another site to a request that was
  /// sent after it, in milliseconds; nothing if none came.
  Optional<Double> firstSuccessMs() {
    return after()
        .filter(shot -> shot.result() == Result.ANSWERED && !withdrawal.takes(shot.site()))
        .min(Comparator.comparingLong(Shot::endedAt))
        .map(shot -> millis(shot.endedAt() - at));
  }

  /// How many requests that were under way or came afterwards had this result.
  long count(Result result) {
    return Stream.concat(underWay(), after()).filter(shot -> shot.result() == result).count();
  }

  /// From the withdrawal to the end of the last request that was not answered, in milliseconds.
  Optional<Double> troubleMs() {
    return Stream.concat(underWay(), after())
        .filter(shot -> shot.result() != Result.ANSWERED)
        .max(Comparator.comparingLong(Shot::endedAt))
        .map(shot -> millis(shot.endedAt() - at));
  }

  private Optional<Double> usualMs() {
    List<Long> took =
        shots.stream()
            .filter(shot -> shot.endedAt() < at && shot.result() == Result.ANSWERED)
            .map(shot -> shot.endedAt() - shot.startedAt())
            .sorted()
            .toList();
    return took.isEmpty() ? Optional.empty() : Optional.of(millis(took.get(took.size() / 2)));
  }

  private Optional<Double> slowestMs() {
    return Stream.concat(underWay(), after())
        .filter(shot -> shot.result() == Result.ANSWERED)
        .map(shot -> shot.endedAt() - shot.startedAt())
        .max(Long::compare)
        .map(Switch::millis);
  }

  private static double millis(long nanos) {
    return Math.round(nanos / NANOS_PER_MILLI * 10) / 10.0;
  }

  /// As an entry of the log has it.
  Json.Obj brief() {
    Json.Members members =
        Json.object()
            .put("model", work.model())
            .put("dataClass", work.dataClass().label())
            .put("failed", count(Result.FAILED))
            .put("refused", count(Result.REFUSED));
    firstSuccessMs().ifPresent(ms -> members.put("firstSuccessMs", Json.of(ms)));
    return members.build();
  }

  /// As a report has it.
  Json.Obj json() {
    Json.Members members =
        work.json()
            .put("underWay", underWay().count())
            .put("sentAfter", after().count())
            .put("answered", count(Result.ANSWERED))
            .put("failed", count(Result.FAILED))
            .put("refused", count(Result.REFUSED));
    firstSuccessMs().ifPresent(ms -> members.put("firstSuccessMs", Json.of(ms)));
    troubleMs().ifPresent(ms -> members.put("troubleMs", Json.of(ms)));
    usualMs().ifPresent(ms -> members.put("usualMs", Json.of(ms)));
    slowestMs().ifPresent(ms -> members.put("slowestMs", Json.of(ms)));
    return members.build();
  }
}
