package dejima.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.ILoggerFactory;

/// Sets up logging without a configuration file: one JSON object a line, on standard error.
public final class LogSetup {
  private LogSetup() {}

  /// Logs from `info` upwards; other people's code from warnings upwards.
  public static void json(ILoggerFactory factory) {
    LoggerContext context = logback(factory);
    context.reset();
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithContext(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    level(factory, "info");
  }

  /// Logs from `level` upwards.
  public static void level(ILoggerFactory factory, String level) {
    logback(factory).getLogger("dejima").setLevel(Level.toLevel(level, Level.INFO));
  }

  private static LoggerContext logback(ILoggerFactory factory) {
    if (factory instanceof LoggerContext context) {
      return context;
    }
    throw new IllegalStateException("Logback is the logging library");
  }
}
