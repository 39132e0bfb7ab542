package io.k8sincident.cli.doctor;

import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.policy.PolicyException;
import io.k8sincident.activities.policy.PolicyFile;
import io.k8sincident.cli.host.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether this machine has what a worker needs: a policy that can be read, a place for the records. */
public final class MachineDoctor {
    private static final long LEAST_BYTES = 100L * 1024 * 1024;

    private final Surroundings surroundings;

    public MachineDoctor(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public List<Finding> examine() {
        return List.of(policy(), runs());
    }

    private Finding policy() {
        String file = surroundings.variable("INCIDENT_POLICY");
        try {
            Policy policy = file.isEmpty()
                    ? PolicyFile.shipped()
                    : new PolicyFile(surroundings.directory().resolve(file)).get();
            return Finding.good("policy", (file.isEmpty() ? "the default one" : file) + ", digest " + policy.digest());
        } catch (PolicyException e) {
            return Finding.broken(
                    "policy", String.valueOf(e.getMessage()), "correct the file named by INCIDENT_POLICY");
        }
    }

    /** Tried with a file of its own, because permissions alone do not tell of a full or read-only disk. */
    private Finding runs() {
        Path runs = surroundings.runs();
        try {
            Path existing = Files.isDirectory(runs) ? runs : surroundings.directory();
            Path probe = Files.createTempFile(existing, ".doctor", "");
            Files.writeString(probe, "probe");
            Files.delete(probe);
            long left = Files.getFileStore(existing).getUsableSpace();
            return left < LEAST_BYTES
                    ? Finding.warning("records", runs + " has " + left / 1024 / 1024 + " MiB left", "free some space")
                    : Finding.good("records", runs + " is writable");
        } catch (IOException e) {
            return Finding.broken(
                    "records", runs + " is not writable: " + e, "name another directory with INCIDENT_RUNS");
        }
    }
}
