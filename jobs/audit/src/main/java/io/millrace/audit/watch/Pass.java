package io.millrace.audit.watch;

import io.millrace.archive.verify.SealedEnd;
import java.time.LocalDate;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be looked at.
 *
 * @param begun epoch milliseconds
 * @param from the first day whose files are read; null for all
 * @param isAnew whether files are read that were read before
 * @param ends where each partition ended before
 */
record Pass(long begun, @Nullable LocalDate from, boolean isAnew, SortedMap<Integer, SealedEnd> ends) {}
