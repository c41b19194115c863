/** The archive on any of Flink's file systems. */
package io.millrace.audit.folder;
