/** Sources and readers that do what another does, but for one thing. */
package io.millrace.common.source.around;
