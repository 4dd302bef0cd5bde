package dejima.agent.builtin;

import java.util.List;

/// A request that the engine can serve.
sealed interface Question {
  /// A conversation to answer.
  ///
  /// @param turns what user and assistant said, oldest first
  record Chat(List<Turn> turns, Manner manner) implements Question {
    public Chat {
      turns = List.copyOf(turns);
    }

    /// What the user said last.
    String lastQuestion() {
      return turns.stream().filter(Turn::byUser).reduce((a, b) -> b).orElseThrow().text();
    }
  }

  /// Texts to continue, each one by itself.
  record Completion(List<Prompt> prompts, boolean echo, Manner manner) implements Question {
    public Completion {
      prompts = List.copyOf(prompts);
    }
  }

  /// Texts to turn into vectors.
  ///
  /// @param dimensions numbers wanted of each vector
  /// @param base64 whether vectors are little-endian floats in base64 instead of JSON numbers
  record Embedding(List<Prompt> inputs, int dimensions, boolean base64) implements Question {
    public Embedding {
      inputs = List.copyOf(inputs);
    }
  }

  /// What one side said.
  record Turn(boolean byUser, String text) {}

  /// A text, or the tokens of one.
  sealed interface Prompt {
    record Text(String text) implements Prompt {}

    record Tokens(List<Integer> ids) implements Prompt {
      public Tokens {
        ids = List.copyOf(ids);
      }
    }
  }

  /// How a text is to be produced and sent.
  ///
  /// @param mostTokens limit of the answer
  /// @param stops texts before which the answer ends
  /// @param stream whether it is sent piece by piece
  /// @param includeUsage whether a stream ends with the token counts
  /// @param logProbabilities whether each token's log-probability is told
  record Manner(
      int mostTokens,
      Sampling sampling,
      List<String> stops,
      boolean stream,
      boolean includeUsage,
      boolean logProbabilities) {
    public Manner {
      stops = List.copyOf(stops);
    }
  }
}
