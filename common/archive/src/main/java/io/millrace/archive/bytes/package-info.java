/** Bytes that are hashed, signed or authenticated, and hashes. */
package io.millrace.archive.bytes;
