/** The results of the analytics after a replay: what only an earlier generation had, taken back. */
package io.millrace.cli.result;
