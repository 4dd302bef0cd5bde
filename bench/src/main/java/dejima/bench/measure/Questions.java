package dejima.bench.measure;

import dejima.bench.contender.Probe;
import dejima.bench.load.Question;
import dejima.bench.stub.Answers;
import dejima.bench.stub.StubModel;
import java.util.Arrays;

/// What every contender is asked, with the answers that count as right from it.
///
/// @param json a 1 KB request with a 1 KB answer
/// @param burst a stream of 50 chunks back to back
/// @param drip a stream of 50 chunks, 1 ms apart
/// @param firstToken a stream of two chunks, 5 ms apart
/// @param rewritten whether the contender writes answers anew; they must then always be the same
///   bytes
record Questions(
    Question json, Question burst, Question drip, Question firstToken, boolean rewritten) {
  /// The stub's own answers.
  static Questions ofStub() {
    return new Questions(
        new Question(Answers.request(StubModel.BURST, false), Answers.json(StubModel.BURST)),
        streamed(StubModel.BURST),
        streamed(StubModel.DRIP),
        streamed(StubModel.FIRST_TOKEN),
        false);
  }

  /// A stream that does not end, with its first bytes.
  static Question endless() {
    return new Question(Answers.request(StubModel.HELD, true), Answers.chunk(StubModel.HELD, 0));
  }

  /// The answers of one contender: the stub's, or what it makes of them if that means the same.
  Questions learnedFrom(Probe probe) {
    var learned =
        new Questions(
            learn(probe, json),
            learn(probe, burst),
            learn(probe, drip),
            learn(probe, firstToken),
            false);
    boolean same =
        learned.json == json
            && learned.burst == burst
            && learned.drip == drip
            && learned.firstToken == firstToken;
    return same
        ? this
        : new Questions(learned.json, learned.burst, learned.drip, learned.firstToken, true);
  }

  private static Question learn(Probe probe, Question question) {
    byte[] answer = probe.meaningOf(question);
    return Arrays.equals(answer, question.answer()) ? question : question.answeredBy(answer);
  }

  private static Question streamed(StubModel model) {
    return new Question(Answers.request(model, true), Answers.stream(model));
  }
}
