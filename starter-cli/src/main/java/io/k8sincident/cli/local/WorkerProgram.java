package io.k8sincident.cli.local;

import java.util.List;

/** How the worker is started. */
public final class WorkerProgram {
    public static final String MODULE = "worker";
    public static final String MAIN_CLASS = "io.k8sincident.worker.WorkerApplication";
    /** Makes the tables of a database. */
    public static final String MIGRATION_CLASS = "io.k8sincident.worker.MigrationMain";

    public static final List<String> JAVA_OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

    /** Needed with Temporal's Java test server, which would keep an open incident stuck after a restart. */
    public static final String NO_STICKY_TIMEOUT = "--incident.sticky-timeout=0s";

    private WorkerProgram() {}
}
