/** The real servers on this machine: starting and stopping them, and where they are. */
package io.millrace.cli.server;
