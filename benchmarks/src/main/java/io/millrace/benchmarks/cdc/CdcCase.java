package io.millrace.benchmarks.cdc;

import io.millrace.benchmarks.stage.BenchCase;

/** One case of change data capture. */
interface CdcCase extends BenchCase<Arena> {}
