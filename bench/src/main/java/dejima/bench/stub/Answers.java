package dejima.bench.stub;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The fixed bodies that travel: about 1 KB each way, in OpenAI's chat form, with no byte that
/// depends on time or chance.
public final class Answers {
  private static final String TEXT =
      "出島は、江戸時代に長崎の港に築かれた扇形の人工島です。約二百年のあいだ、定められた門を通る人と品物だけが出入りを許され、"
          + "その一つ一つが帳面に記されました。荷は一つずつ改められ、言葉は通詞が訳し、出入りの時刻も残されました。今日の計算資源についても同じことが言えます。どのデータがどこで処理されてよいかを先に決め、"
          + "通したものと断ったものを記録し、あとから第三者が確かめられるようにしておくことが、信頼の土台になります。";

  private Answers() {}

  /// The body of a chat request.
  ///
  /// @param model the model asked for
  /// @param stream whether the answer is to be streamed
  /// @return the request body, UTF-8 JSON
  public static byte[] request(StubModel model, boolean stream) {
    return utf8(
        "{\"model\":\"%s\",\"stream\":%s,\"temperature\":0.2,\"max_tokens\":256,\"messages\":["
                .formatted(model.id(), stream)
            + "{\"role\":\"system\",\"content\":\"あなたは自治体の職員を助ける、簡潔で正確な助手です。"
            + "出典のない数字は書かず、わからないことはわからないと答えてください。個人を特定できる情報は繰り返さないでください。\"},"
            + "{\"role\":\"user\",\"content\":\"次の会議で配る一枚の資料をまとめています。国内のデータセンターで生成AIを使うときに、"
            + "最初に決めておくべきことを三つ、長崎の出島になぞらえて、住民の方にもわかる言葉で、二百字ほどで説明してください。"
            + "一つ目はどのデータを国内だけで扱うか、二つ目は誰が機械を管理しているか、三つ目は後から何を確かめられるか、という順に並べてください。専門用語は避け、最後に一文でまとめてください。よろしくお願いします。\"}]}");
  }

  /// The whole answer.
  ///
  /// @param model the model asked for
  /// @return the response body, UTF-8 JSON
  public static byte[] json(StubModel model) {
    return utf8(
        "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1795132800,\"model\":\"%s\","
                .formatted(model.id())
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\",\"refusal\":null},"
                .formatted(TEXT)
            + "\"logprobs\":null,\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":214,\"completion_tokens\":171,\"total_tokens\":385}}");
  }

  /// One chunk of a streamed answer; the last one says why the answer ends.
  ///
  /// @param model the model asked for
  /// @param index from 0 to `model.chunks() - 1`
  /// @return one server-sent event
  public static byte[] chunk(StubModel model, int index) {
    boolean last = index == model.chunks() - 1;
    return utf8(
        "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\",\"created\":1795132800,\"model\":\"%s\","
                .formatted(model.id())
            + "\"choices\":[{\"index\":0,\"delta\":{%s},\"finish_reason\":%s}]}\n\n"
                .formatted(
                    last ? "" : "\"content\":\"%s\"".formatted(token(index)),
                    last ? "\"stop\"" : "null"));
  }

  /// The event that closes a stream.
  ///
  /// @return one server-sent event
  public static byte[] done() {
    return utf8("data: [DONE]\n\n");
  }

  /// A whole streamed answer as the client must receive it.
  ///
  /// @param model the model asked for
  /// @return all events, one after another
  public static byte[] stream(StubModel model) {
    var body = new ByteArrayOutputStream();
    for (int i = 0; i < model.chunks(); i++) {
      body.writeBytes(chunk(model, i));
    }
    body.writeBytes(done());
    return body.toByteArray();
  }

  private static String token(int index) {
    int at = index * 2 % (TEXT.length() - 2);
    return TEXT.substring(at, at + 2);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
