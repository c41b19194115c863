/** Numbered SQL files, applied once each, in order, and recorded in the database they changed. */
package io.millrace.cli.migration;
