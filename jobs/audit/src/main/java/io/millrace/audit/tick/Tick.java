package io.millrace.audit.tick;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Says of a partition that it exists, how late it is, and how late it is at least by the brokers' clocks.
 *
 * @param time of the clock that ticked, in milliseconds since 1970
 * @param newest time of the topic's newest record, of any partition; {@link NewestRecord#NONE} if there is none
 */
@TypeInfo(TickTypeInfo.Factory.class)
public record Tick(int partition, long time, long newest) {}
