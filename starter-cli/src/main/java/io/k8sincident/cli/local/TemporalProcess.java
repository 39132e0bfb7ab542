package io.k8sincident.cli.local;

import java.util.Optional;

/**
 * A Temporal server that runs on this machine.
 *
 * @param address {@code host:port} on loopback
 * @param ui address of its Web UI, if it has one
 * @param embedded whether it is Temporal's Java test server, which keeps everything in memory
 */
public record TemporalProcess(ChildProcess process, String address, Optional<String> ui, boolean embedded) {
    /** What a person must know about it. */
    public String describe() {
        return embedded
                ? "Temporal's Java test server at " + address
                        + ": in memory, without Web UI; its end forgets all incidents. With a `temporal` binary on the"
                        + " PATH that one is used instead: durable, with Web UI"
                : "temporal server start-dev at " + address + ": durable in a file, Web UI at " + ui.orElse("-");
    }
}
