package dejima.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// Counts failed authentications by client address and says when an address has had enough.
///
/// Each address may fail [#BURST] times at once and then once a second. Only failures are counted
/// and only failures are answered differently: a right key is let in from any address at any time,
/// so that nobody can lock out whoever shares an address or a proxy with him. Keys are 256 random
/// bits; what this saves is work and log lines, not the keys.
///
/// It remembers at most [#MOST_ADDRESSES] addresses and then forgets the one that failed longest
/// ago. An IPv6 address counts by its first 64 bits, which one client commonly has to itself.
public final class AuthenticationThrottle {
  /// Failures that an address may make at once.
  static final int BURST = 60;

  /// Addresses that are remembered.
  static final int MOST_ADDRESSES = 4_096;

  private static final long NANOS_PER_FAILURE = 1_000_000_000L;
  private static final int GROUPS_OF_A_NETWORK = 4;

  /// For each address, the moment at which all of its failures will be forgotten.
  private final Map<String, Long> clearAt = new LinkedHashMap<>(64, 0.75F, true);

  /// Nobody has failed yet.
  public AuthenticationThrottle() {}

  /// Counts a failure; gives the seconds that the address should wait, if it has failed too often.
  ///
  /// @param address numeric, as the connection has it
  public synchronized OptionalInt failed(String address, long nanoTime) {
    String network = network(address);
    long full = nanoTime + BURST * NANOS_PER_FAILURE;
    Long before = clearAt.get(network);
    long clear = (before == null || before - nanoTime < 0 ? nanoTime : before) + NANOS_PER_FAILURE;
    if (clear - full > 0) {
      // Failures that are turned away do not lengthen the wait.
      return OptionalInt.of((int) Math.ceilDiv(clear - full, NANOS_PER_FAILURE));
    }
    clearAt.put(network, clear);
    if (clearAt.size() > MOST_ADDRESSES) {
      clearAt.remove(clearAt.keySet().iterator().next());
    }
    return OptionalInt.empty();
  }

  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    int zone = address.indexOf('%');
    String[] halves = (zone < 0 ? address : address.substring(0, zone)).split("::", 2);
    String[] groups = halves[0].split(":", -1);
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < GROUPS_OF_A_NETWORK; i++) {
      boolean given = i < groups.length && !groups[i].isEmpty();
      network.append(given ? groups[i] : "0").append(':');
    }
    return network.toString();
  }
}
