/** The audit job with a part left out, assembled from its own pieces: what the part costs is the difference. */
package io.millrace.benchmarks.variants;
