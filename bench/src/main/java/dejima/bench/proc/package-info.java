/// What Linux says of processes and of the machine: CPU time, memory, load.
@NullMarked
package dejima.bench.proc;

import org.jspecify.annotations.NullMarked;
