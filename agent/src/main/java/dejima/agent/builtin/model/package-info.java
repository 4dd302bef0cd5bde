/// A small transformer of the llama architecture in plain Java: file, tokens, arithmetic.
@NullMarked
package dejima.agent.builtin.model;

import org.jspecify.annotations.NullMarked;
