/** Where an archive is. */
package io.millrace.archive.file;
