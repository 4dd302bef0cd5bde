/// The engine that is always there: a small model in plain Java behind OpenAI's dialect.
@NullMarked
package dejima.agent.builtin;

import org.jspecify.annotations.NullMarked;
