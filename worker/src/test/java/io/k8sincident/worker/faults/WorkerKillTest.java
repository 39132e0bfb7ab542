package io.k8sincident.worker.faults;

import java.io.IOException;
import java.util.Map;

/** With files for the trail, and a Temporal server that is never killed. */
class WorkerKillTest extends KillContract {
    @Override
    TemporalServer temporal() throws IOException {
        return TemporalServer.inMemory(folder);
    }

    @Override
    Map<String, String> environment() {
        return Map.of();
    }

    @Override
    boolean killsServer() {
        return false;
    }

    @Override
    int enough() {
        return POINTS;
    }

    @Override
    String fault() {
        return "worker killed (kill -9), reader and executor apart, trail in files";
    }
}
