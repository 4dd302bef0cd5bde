package dejima.agent;

import dejima.agent.config.AgentConfig.Listen;

/// Nothing can listen at the configured address: another program has it, or it is not this
/// machine's.
final class AddressUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AddressUnavailable(Listen listen, Throwable cause) {
    super(
        "cannot listen on %s:%d (%s): stop the program that has the port, or change listen"
            .formatted(listen.host(), listen.port(), root(cause)),
        cause);
  }

  private static String root(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }
}
