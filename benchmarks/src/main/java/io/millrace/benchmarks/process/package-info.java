/** Child JVMs, and the processor's time that processes take. */
package io.millrace.benchmarks.process;
