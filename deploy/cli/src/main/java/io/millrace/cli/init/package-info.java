/** {@code millrace init}: from somebody's database to a first configuration. */
package io.millrace.cli.init;
