/// An engine behind an URL that speaks OpenAI's dialect.
@NullMarked
package dejima.agent.remote;

import org.jspecify.annotations.NullMarked;
