/// What an operator can set, read strictly: every mistake is reported at once.
@NullMarked
package dejima.server.config;

import org.jspecify.annotations.NullMarked;
