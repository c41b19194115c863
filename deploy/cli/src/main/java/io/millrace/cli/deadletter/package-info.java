/** Looks at the topic of dead letters. What it holds comes from anybody, so nothing of it reaches a terminal unescaped. */
package io.millrace.cli.deadletter;
