/** Adds to an archive: commits files, compacts and seals days. Whoever writes the files themselves stands on it. */
package io.millrace.archive.write;
