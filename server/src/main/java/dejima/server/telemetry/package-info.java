/// Metrics, traces and logs. None of them ever sees a prompt, an answer or a secret.
@NullMarked
package dejima.server.telemetry;

import org.jspecify.annotations.NullMarked;
