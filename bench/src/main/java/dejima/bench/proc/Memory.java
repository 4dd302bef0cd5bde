package dejima.bench.proc;

/// Resident memory.
///
/// @param resident bytes mapped and present (RSS)
/// @param proportional the same with each shared page divided among those who share it (PSS), so
///   that the figures of several processes may be added
public record Memory(long resident, long proportional) {
  /// No memory.
  public static final Memory NONE = new Memory(0, 0);

  /// Adds two processes' memory.
  ///
  /// @param other the other process
  /// @return the sum
  public Memory plus(Memory other) {
    return new Memory(resident + other.resident, proportional + other.proportional);
  }

  /// Reads `/proc/<pid>/smaps_rollup`.
  ///
  /// @param text the file's content
  /// @return the figures, 0 where the file has none
  static Memory parse(String text) {
    return new Memory(bytes(text, "Rss:"), bytes(text, "Pss:"));
  }

  private static long bytes(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
        .findFirst()
        .orElse(0);
  }
}
