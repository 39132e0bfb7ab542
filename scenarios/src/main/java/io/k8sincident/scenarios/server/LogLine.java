package io.k8sincident.scenarios.server;

import java.time.Instant;

/** One line that a container wrote. */
public record LogLine(Instant time, String text) {}
