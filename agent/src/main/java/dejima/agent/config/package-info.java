/// What an operator writes in `agent.yaml`, and every mistake in it at once.
@NullMarked
package dejima.agent.config;

import org.jspecify.annotations.NullMarked;
