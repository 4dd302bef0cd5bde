package dejima.agent.builtin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dejima.agent.EngineRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Reads requests of OpenAI's dialect: chat completions, completions, embeddings.
///
/// Fields that this engine does not know are ignored; those that it knows and cannot honour are
/// refused.
final class RequestReader {
  private static final int MOST_DEPTH = 64;
  private static final int MOST_BODY = 4 << 20;
  private static final int MOST_INPUTS = 256;
  private static final int COMPLETION_TOKENS = 16;

  private final ObjectMapper mapper =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private final String model;
  private final int context;
  private final int vocabulary;
  private final int width;
  private final LongSupplier seeds;

  /// @param seeds gives a seed to each request that brings none
  RequestReader(String model, int context, int vocabulary, int width, LongSupplier seeds) {
    this.model = model;
    this.context = context;
    this.vocabulary = vocabulary;
    this.width = width;
    this.seeds = seeds;
  }

  Reading read(EngineRequest request) {
    try {
      return switch (request.path()) {
        case EngineRequest.CHAT -> new Reading.Understood(chat(fields(request.body())));
        case EngineRequest.COMPLETION -> new Reading.Understood(completion(fields(request.body())));
        case EngineRequest.EMBEDDING -> new Reading.Understood(embedding(fields(request.body())));
        default -> new Reading.Refused(noSuchPath());
      };
    } catch (Fields.Mistake mistake) {
      return new Reading.Refused(mistake.error());
    }
  }

  private static ApiError noSuchPath() {
    return new ApiError(
        404,
        "invalid_request_error",
        "This engine serves "
            + EngineRequest.CHAT
            + ", "
            + EngineRequest.COMPLETION
            + " and "
            + EngineRequest.EMBEDDING
            + ".",
        "",
        "unknown_url");
  }

  private Fields fields(byte[] body) {
    if (body.length > MOST_BODY) {
      throw new Fields.Mistake(
          new ApiError(
              413,
              "invalid_request_error",
              "The body is larger than " + MOST_BODY + " bytes.",
              "",
              "request_too_large"));
    }
    JsonNode root = json(body);
    if (!root.isObject()) {
      throw malformed();
    }
    var fields = new Fields(root);
    fields
        .field("model")
        .ifPresent(asked -> {
          if (!asked.isTextual()) {
            throw Fields.wrong("model", "a text");
          }
          if (!asked.textValue().equals(model)) {
            throw new Fields.Mistake(ApiError.noSuchModel(printable(asked.textValue()), model));
          }
        });
    return fields;
  }

  private JsonNode json(byte[] body) {
    try {
      return mapper.readTree(body);
    } catch (IOException e) {
      throw malformed();
    }
  }

  private static Fields.Mistake malformed() {
    return new Fields.Mistake(
        ApiError.invalid(
            "The body is not a JSON object in UTF-8 with at most " + MOST_DEPTH + " levels.",
            "",
            "invalid_json"));
  }

  private static String printable(String name) {
    return name.length() > 64 ? name.substring(0, 64) + "…" : name;
  }

  private Question.Chat chat(Fields fields) {
    refuseWhatChatLacks(fields);
    List<Question.Turn> turns = new MessageReader(fields.required("messages")).turns();
    int most =
        fields
            .whole("max_completion_tokens", 1, Integer.MAX_VALUE)
            .or(() -> fields.whole("max_tokens", 1, Integer.MAX_VALUE))
            .orElse(context);
    boolean logProbabilities = fields.truth("logprobs");
    int likeliest = fields.whole("top_logprobs", 0, 20).orElse(0);
    if (likeliest > 0 && !logProbabilities) {
      throw Fields.wrong("top_logprobs", "used together with 'logprobs': true");
    }
    return new Question.Chat(turns, manner(fields, most, likeliest, logProbabilities));
  }

  private void refuseWhatChatLacks(Fields fields) {
    fields
        .field("tool_choice")
        .ifPresent(choice -> {
          if (choice.isObject() || choice.asText().equals("required")) {
            throw Fields.unsupported(
                "tool_choice",
                "The self-test model has no tools; use \"auto\" or \"none\", or another model.");
          }
        });
    fields
        .field("response_format")
        .map(format -> format.path("type").asText())
        .ifPresent(type -> {
          if (!type.equals("text")) {
            throw Fields.unsupported(
                "response_format",
                "The self-test model writes plain text only; use {\"type\":\"text\"}, or another"
                    + " model.");
          }
        });
    fields
        .field("modalities")
        .ifPresent(kinds -> {
          if (kinds.size() != 1 || !kinds.path(0).asText().equals("text")) {
            throw Fields.unsupported(
                "modalities", "The self-test model writes text only; use [\"text\"].");
          }
        });
  }

  private Question.Completion completion(Fields fields) {
    fields
        .field("suffix")
        .ifPresent(s -> {
          throw Fields.unsupported("suffix", "The self-test model cannot fill in a gap.");
        });
    fields.whole("best_of", 1, 1);
    int most = fields.whole("max_tokens", 1, Integer.MAX_VALUE).orElse(COMPLETION_TOKENS);
    var likeliest = fields.whole("logprobs", 0, 20);
    List<Question.Prompt> prompts =
        new PromptReader("prompt", vocabulary, MOST_INPUTS).read(fields.required("prompt"));
    return new Question.Completion(
        prompts,
        fields.truth("echo"),
        manner(fields, most, likeliest.orElse(0), likeliest.isPresent()));
  }

  private Question.Manner manner(
      Fields fields, int mostTokens, int likeliest, boolean logProbabilities) {
    fields.whole("n", 1, 1);
    boolean stream = fields.truth("stream");
    var options = fields.field("stream_options");
    if (options.isPresent() && !stream) {
      throw Fields.wrong("stream_options", "used together with 'stream': true");
    }
    if (options.isPresent() && !options.get().isObject()) {
      throw Fields.wrong("stream_options", "an object");
    }
    return new Question.Manner(
        mostTokens,
        sampling(fields, likeliest),
        fields.texts("stop", 4),
        stream,
        options.map(o -> new Fields(o).truth("include_usage")).orElse(false),
        logProbabilities);
  }

  private Sampling sampling(Fields fields, int likeliest) {
    long seed =
        fields
            .field("seed")
            .map(value -> {
              if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw Fields.wrong("seed", "an integer of 64 bits");
              }
              return value.longValue();
            })
            .orElseGet(seeds::getAsLong);
    double topP = fields.real("top_p", 0, 1, 1);
    return new Sampling(fields.real("temperature", 0, 2, 0), topP, seed, likeliest);
  }

  private Question.Embedding embedding(Fields fields) {
    String format = fields.field("encoding_format").map(JsonNode::asText).orElse("float");
    if (!format.equals("float") && !format.equals("base64")) {
      throw Fields.wrong("encoding_format", "\"float\" or \"base64\"");
    }
    List<Question.Prompt> inputs =
        new ArrayList<>(
            new PromptReader("input", vocabulary, MOST_INPUTS).read(fields.required("input")));
    int dimensions = fields.whole("dimensions", 1, width).orElse(width);
    return new Question.Embedding(inputs, dimensions, format.equals("base64"));
  }
}
