/** Digests: what a sealed segment, one day of one partition, consists of, signed; and statements that it was removed. */
package io.millrace.archive.digest;
