package io.millrace.cli.demo;

import io.millrace.local.Ports;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param length of the workload; null for until it is stopped
 * @param sabotage the target of which one row is damaged before the comparison; null for none
 */
record DemoPlan(@Nullable Duration length, @Nullable String sabotage, long seed, Ports ports) {}
