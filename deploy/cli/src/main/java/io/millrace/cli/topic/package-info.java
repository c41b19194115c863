/** The single list of topics, what a cluster has of it, and the changes between the two. */
package io.millrace.cli.topic;
