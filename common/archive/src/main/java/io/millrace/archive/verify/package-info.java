/** Verifies an archive by its files and public keys alone. */
package io.millrace.archive.verify;
