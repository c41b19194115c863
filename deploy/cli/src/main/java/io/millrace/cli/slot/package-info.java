/** The replication slots of a database that is captured: how far each has come, what it keeps, and its end. */
package io.millrace.cli.slot;
