/** Digests: what a sealed segment, one day of one partition, consists of, signed. */
package io.millrace.archive.digest;
