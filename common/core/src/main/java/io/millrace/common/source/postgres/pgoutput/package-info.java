/** What a replication slot sends, read without anything in between: messages of pgoutput become row changes. */
package io.millrace.common.source.postgres.pgoutput;
