/** Records of the archive, and the chain of hashes that each partition forms. */
package io.millrace.archive.chain;
