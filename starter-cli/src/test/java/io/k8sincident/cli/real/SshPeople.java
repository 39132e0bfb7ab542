package io.k8sincident.cli.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.k8sincident.activities.approval.Statement;
import io.k8sincident.cli.signing.SshKeygen;
import io.k8sincident.workflows.model.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** People with keys of the real {@code ssh-keygen}, the file of those who may sign, and a policy that goes by it. */
final class SshPeople {
    private static final String SIGNERS = "allowed_signers";
    private final Path folder;

    SshPeople(Path folder) {
        this.folder = folder;
    }

    /** Makes a key that no line allows. */
    void stranger(String name) throws IOException, InterruptedException {
        Process keygen = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key(name))
                .inheritIO()
                .start();
        assertThat(keygen.waitFor()).as("the exit code of ssh-keygen").isZero();
    }

    /**
     * Makes a key and lets it sign decisions.
     *
     * @param names under which, with commas
     * @param more options of the line, each with a comma before it
     */
    void signer(String name, String names, String more) throws IOException, InterruptedException {
        stranger(name);
        Path file = folder.resolve(SIGNERS);
        String before = Files.exists(file) ? Files.readString(file) : "";
        String line = names + " namespaces=\"" + Statement.NAMESPACE + "\"" + more + " "
                + Files.readString(Path.of(key(name) + ".pub"));
        Files.writeString(file, before + line);
    }

    /** The file of the private key. */
    String key(String name) {
        return folder.resolve(name).toString();
    }

    /** The decision, signed by this key, whatever it says. */
    Decision signed(String name, Decision decision, String clusterUid) {
        return decision.provenBy(SshKeygen.sign(
                Path.of(key(name)), Statement.of(decision.provenBy(null), clusterUid), Statement.NAMESPACE));
    }

    /** The shipped policy, but with signatures and two different people. */
    String policy() throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), """
                        version: 1
                        namespaces:
                          allow: [%s]
                        actions:
                          Deployment: [RollBack, RestartRollout, SetCommand, SetImage]
                        highestRisk: MEDIUM
                        decisions:
                          requireProof: true
                          separateDuties: true
                          allowedSigners: %s
                        """.formatted(CrashingDeployment.NAMESPACE, SIGNERS))
                .toString();
    }
}
