/** The searchable copy of the archive's fields. */
package io.millrace.audit.search;
