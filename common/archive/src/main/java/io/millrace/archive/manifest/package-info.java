/** What is in the archive of each partition and not yet sealed. */
package io.millrace.archive.manifest;
