package dejima.acceptance.site;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A span as a collector received it.
///
/// @param name its name
/// @param traceId bytes of its trace's id
/// @param kind OTLP's number of its kind
/// @param nanos how long it took
/// @param error whether its status is an error
/// @param attributes its attributes, numbers as text
/// @param resource its resource's attributes
public record ReceivedSpan(
    String name,
    ByteString traceId,
    long kind,
    long nanos,
    boolean error,
    Map<String, String> attributes,
    Map<String, String> resource) {
  private static final int TRACE_ID = 1;
  private static final int NAME = 5;
  private static final int KIND = 6;
  private static final int START = 7;
  private static final int END = 8;
  private static final int ATTRIBUTES = 9;
  private static final int STATUS = 15;
  private static final int STATUS_CODE = 3;
  private static final long ERROR = 2;

  static ReceivedSpan of(UnknownFieldSet span, UnknownFieldSet resource) {
    return new ReceivedSpan(
        bytes(span, NAME).toStringUtf8(),
        bytes(span, TRACE_ID),
        span.getField(KIND).getVarintList().getFirst(),
        span.getField(END).getFixed64List().getFirst()
            - span.getField(START).getFixed64List().getFirst(),
        Collector.messages(span, STATUS).stream()
            .anyMatch(status -> status.getField(STATUS_CODE).getVarintList().contains(ERROR)),
        attributes(Collector.messages(span, ATTRIBUTES)),
        attributes(Collector.messages(resource, 1)));
  }

  private static ByteString bytes(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().getFirst();
  }

  /// `KeyValue` messages; a value is a text, a whole number or a floating-point one.
  private static Map<String, String> attributes(List<UnknownFieldSet> keyValues) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (UnknownFieldSet keyValue : keyValues) {
      UnknownFieldSet value = Collector.messages(keyValue, 2).getFirst();
      String text =
          value.hasField(1)
              ? bytes(value, 1).toStringUtf8()
              : value.hasField(3)
                  ? value.getField(3).getVarintList().getFirst().toString()
                  : value.hasField(4)
                      ? Double.toString(
                          Double.longBitsToDouble(value.getField(4).getFixed64List().getFirst()))
                      : "?";
      attributes.put(bytes(keyValue, 1).toStringUtf8(), text);
    }
    return attributes;
  }
}
