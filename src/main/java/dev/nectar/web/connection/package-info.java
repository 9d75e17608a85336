/**
 * Everything that reaches into Tomcat, and what it assumes of Tomcat 11:
 *
 * <ul>
 *   <li>{@link dev.nectar.web.connection.RawTarget}: the protocol handler's adapter is set when the
 *       connector is initialized, and sees a request's target before anything has decoded or
 *       normalized it; a path whose bytes it replaces is the one that is mapped. Guarded by {@code
 *       PromptTextTest}, {@code RawTargetFuzzTest}.
 *   <li>{@link dev.nectar.web.connection.RequestDeadlineProtocol}: a processor's {@code service} is
 *       called whenever something has arrived, {@code LONG} means that the head is incomplete, the
 *       socket's read timeout counts from each call, and a body is read by the request's input
 *       buffer alone. Guarded by {@code SlowClientsTest}. A processor that has no global processor
 *       leaves nothing behind in JMX; guarded by {@code src/bench/soak.sh}.
 *   <li>{@link dev.nectar.web.connection.SocketPresence}: bytes in the socket wrapper's read buffer
 *       are read before those of the channel, except after sendfile, which no request that was
 *       waited for is answered by. Guarded by {@code ClientPresenceTest}.
 *   <li>{@link dev.nectar.web.connection.BoundedEndpoint}: a connection is counted before {@code
 *       setSocketOptions}, and {@code destroySocket} closes it and counts it down. Guarded by
 *       {@code ConnectionLimitTest}.
 *   <li>{@link dev.nectar.web.connection.PollingEndpoint}: the thread that polls is named so, asks
 *       {@code processSocket} to dispatch what has arrived, and may run the processor itself; a
 *       socket wrapper has a processor while anything of a request is under way. Guarded by {@code
 *       AtHandTest}.
 *   <li>{@link dev.nectar.web.connection.PolledChannel}: an answer is written by {@code write}
 *       alone, {@code getIOChannel} is asked for right before a file is sent, and whoever sends it,
 *       or waits for a write, has {@code flushOutbound} called while {@code getOutboundRemaining}
 *       says so, as TLS needs it. Guarded by {@code PolledChannelTest}, {@code AtHandTest}.
 *   <li>{@link dev.nectar.web.connection.ConnectionBuffers}: answers that are no files are copied
 *       to the write buffer, whatever its size, and it is configured for the next turn before more
 *       is. Guarded by {@code ConnectionBuffersTest}, {@code PageDeliveryTest}.
 *   <li>{@link dev.nectar.web.connection.MoreToCome}: of the JDK, that {@code sun.nio.ch.SelChImpl}
 *       tells a socket's descriptor; without, nothing is missing but some speed. Guarded by {@code
 *       MoreToComeTest}.
 *   <li>{@link dev.nectar.web.connection.UnreadBody}: what a servlet has not read can be read from
 *       the coyote request when the adapter has returned. Guarded by {@code SlowClientsTest},
 *       {@code RequestFaultsTest}.
 *   <li>{@link dev.nectar.web.connection.ProblemValve}: what no servlet hears of is reported by the
 *       host's error report valve. Guarded by {@code RequestFaultsTest}.
 *   <li>{@link dev.nectar.web.connection.SendingShutdown}: the socket wrapper has sendfile's data
 *       until a file is sent. Guarded by {@code StopTest}.
 *   <li>Sendfile, by documented request attributes and so outside this package: a file that is
 *       named is opened right after the servlet has returned. Guarded by {@code ImageAnswersTest}.
 * </ul>
 */
@NullMarked
package dev.nectar.web.connection;

import org.jspecify.annotations.NullMarked;
