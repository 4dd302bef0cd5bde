package dejima.server.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/// Every word that the console shows in one language, by key.
final class Words {
  private final Language language;
  private final SortedMap<String, String> words;

  private Words(Language language, SortedMap<String, String> words) {
    this.language = language;
    this.words = Collections.unmodifiableSortedMap(words);
  }

  /// The words of a language.
  static Words in(Language language) {
    Properties read = new Properties();
    try {
      read.load(new StringReader(Resource.text("words_" + language.tag() + ".properties")));
    } catch (IOException e) {
      throw new UncheckedIOException("a StringReader does not fail", e);
    }
    SortedMap<String, String> words = new TreeMap<>();
    read.stringPropertyNames().forEach(key -> words.put(key, read.getProperty(key)));
    return new Words(language, words);
  }

  Language language() {
    return language;
  }

  Map<String, String> all() {
    return words;
  }

  /// The word of a key; a key that nobody translated is a mistake of the program.
  String get(String key) {
    String word = words.get(key);
    if (word == null) {
      throw new IllegalArgumentException("no " + language.tag() + " word for " + key);
    }
    return word;
  }

  /// The word of a key that comes from elsewhere, or what came itself.
  String get(String group, String key) {
    return words.getOrDefault(group + '.' + key, key);
  }

  /// The words whose keys begin so, as one JSON object, for a page's script.
  String json(String prefix) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, String> word : words.entrySet()) {
        if (word.getKey().startsWith(prefix)) {
          json.writeStringField(word.getKey(), word.getValue());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.toString();
  }
}
