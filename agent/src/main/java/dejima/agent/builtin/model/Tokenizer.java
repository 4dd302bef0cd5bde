package dejima.agent.builtin.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// Turns text into tokens and back, the way of SentencePiece: neighbours merge by score, and a
/// character that the vocabulary lacks becomes its UTF-8 bytes.
///
/// Control tokens come out of no text: `<s>` in a question is four characters.
public final class Tokenizer {
  private static final char SPACE = '\u2581';
  private static final long NORMAL = 1;
  private static final long BYTE = 6;

  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, Integer> controls = new HashMap<>();
  private final float[] scores;
  private final byte[][] texts;
  private final int[] byteIds = new int[256];

  Tokenizer(GgufFile file) {
    if (!file.text("tokenizer.ggml.model").equals("llama")) {
      throw new MalformedModelException("tokenizer.ggml.model is not llama");
    }
    List<GgufValue> tokens = file.sequence("tokenizer.ggml.tokens");
    List<GgufValue> kinds = sameSize(file, "tokenizer.ggml.token_type", tokens.size());
    List<GgufValue> ranks = sameSize(file, "tokenizer.ggml.scores", tokens.size());
    scores = new float[tokens.size()];
    texts = new byte[tokens.size()][];
    Arrays.fill(byteIds, -1);
    for (int id = 0; id < tokens.size(); id++) {
      if (tokens.get(id) instanceof GgufValue.Text(String text)
          && kinds.get(id) instanceof GgufValue.Whole(long kind)
          && ranks.get(id) instanceof GgufValue.Real(double score)
          && !Double.isNaN(score)) {
        scores[id] = (float) score;
        add(id, text, kind);
      } else {
        throw new MalformedModelException("token " + id + " has no text, type or score");
      }
    }
    if (Arrays.stream(byteIds).anyMatch(id -> id < 0)) {
      throw new MalformedModelException("the vocabulary lacks some of the 256 bytes");
    }
  }

  private static List<GgufValue> sameSize(GgufFile file, String key, int size) {
    List<GgufValue> values = file.sequence(key);
    if (values.size() != size) {
      throw new MalformedModelException(key + " has another length than the vocabulary");
    }
    return values;
  }

  private void add(int id, String text, long kind) {
    if (kind == NORMAL) {
      texts[id] = text.replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8);
      ids.putIfAbsent(text, id);
    } else if (kind == BYTE) {
      int value = byteOf(text);
      texts[id] = new byte[] {(byte) value};
      byteIds[value] = id;
    } else {
      texts[id] = new byte[0];
      controls.putIfAbsent(text, id);
    }
  }

  private static int byteOf(String text) {
    if (text.length() == 6 && text.startsWith("<0x") && text.endsWith(">")) {
      int high = Character.digit(text.charAt(3), 16);
      int low = Character.digit(text.charAt(4), 16);
      if (high >= 0 && low >= 0) {
        return high << 4 | low;
      }
    }
    throw new MalformedModelException("a byte token is not written as <0xNN>");
  }

  /// Number of tokens that the vocabulary has.
  public int size() {
    return texts.length;
  }

  /// The token of a control word such as `<s>`.
  public int control(String word) {
    Integer id = controls.get(word);
    if (id == null) {
      throw new MalformedModelException("the vocabulary has no control token " + word);
    }
    return id;
  }

  /// The bytes that a token stands for; none for a control token.
  public byte[] bytes(int token) {
    return texts[token].clone();
  }

  /// The tokens of a text, control tokens never among them.
  ///
  /// A lone surrogate counts as U+FFFD; the character U+2581 comes back as a space.
  public int[] encode(String text) {
    return new Merging(text.replace(' ', SPACE)).tokens();
  }

  /// The text of tokens; bytes that are no UTF-8 come out as U+FFFD.
  public String decode(int[] tokens) {
    var bytes = new ByteArrayOutputStream();
    for (int token : tokens) {
      bytes.writeBytes(texts[token]);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /// Two neighbours that the vocabulary has as one piece.
  private record Pair(int left, int right, String piece, float score) {}

  /// The merging of one text: a linked list of symbols, and the pairs that may merge, best first.
  private final class Merging {
    private final String[] symbols;
    private final int[] next;
    private final int[] previous;
    private final PriorityQueue<Pair> pairs =
        new PriorityQueue<>((a, b) -> {
          int byScore = Float.compare(b.score(), a.score());
          return byScore != 0 ? byScore : Integer.compare(a.left(), b.left());
        });

    Merging(String text) {
      symbols = text.codePoints().mapToObj(Character::toString).toArray(String[]::new);
      next = new int[symbols.length];
      previous = new int[symbols.length];
      for (int i = 0; i < symbols.length; i++) {
        next[i] = i + 1;
        previous[i] = i - 1;
      }
      for (int i = 0; i + 1 < symbols.length; i++) {
        offer(i, i + 1);
      }
    }

    private void offer(int left, int right) {
      if (left < 0 || right >= symbols.length) {
        return;
      }
      String piece = symbols[left] + symbols[right];
      Integer id = ids.get(piece);
      if (id != null) {
        pairs.add(new Pair(left, right, piece, scores[id]));
      }
    }

    int[] tokens() {
      while (!pairs.isEmpty()) {
        Pair pair = pairs.remove();
        if (stillThere(pair)) {
          merge(pair);
        }
      }
      List<Integer> tokens = new ArrayList<>();
      for (int i = 0; i < symbols.length; i = next[i]) {
        addToken(symbols[i], tokens);
      }
      return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    private boolean stillThere(Pair pair) {
      return next[pair.left()] == pair.right()
          && !symbols[pair.left()].isEmpty()
          && pair.piece().length()
              == symbols[pair.left()].length() + symbols[pair.right()].length();
    }

    private void merge(Pair pair) {
      int after = next[pair.right()];
      symbols[pair.left()] = pair.piece();
      symbols[pair.right()] = "";
      next[pair.left()] = after;
      if (after < symbols.length) {
        previous[after] = pair.left();
      }
      offer(previous[pair.left()], pair.left());
      offer(pair.left(), after);
    }

    private void addToken(String symbol, List<Integer> tokens) {
      Integer id = ids.get(symbol);
      if (id != null) {
        tokens.add(id);
        return;
      }
      for (byte b : symbol.replace(SPACE, ' ').getBytes(StandardCharsets.UTF_8)) {
        tokens.add(byteIds[b & 0xff]);
      }
    }
  }
}
