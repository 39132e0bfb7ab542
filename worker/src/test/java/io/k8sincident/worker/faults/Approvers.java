package io.k8sincident.worker.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.k8sincident.activities.approval.Purpose;
import io.k8sincident.activities.approval.Statement;
import io.k8sincident.workflows.model.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * People with keys of the real {@code ssh-keygen}, and the policy that demands their signatures: one for what is safe, two
 * for a value that somebody typed, or one alone who breaks the glass.
 */
final class Approvers {
    static final String GLASS_BREAKER = "ann";
    /** Objects whose names begin so are left alone. */
    static final String FORBIDDEN = "forbidden-";

    private static final List<String> APPROVERS = List.of("dana", "erin");
    private static final String POLICY = """
            version: 1
            namespaces: {allow: [demo]}
            actions:
              Deployment: [RollBack, SetCommand]
              StatefulSet: [EvictPod]
            highestRisk: MEDIUM
            decisions:
              requireProof: true
              separateDuties: false
              quorum: {LOW: 1, MEDIUM: 2}
              allowedSigners: allowed_signers
            deny:
            - {name: not ours, when: "target.name.startsWith('forbidden-')"}
            breakGlass: {people: [ann], lifts: [quorum]}
            """;

    private final Path folder;

    Approvers(Path parent) throws IOException {
        assumeTrue(installed(), "ssh-keygen is not installed: install OpenSSH to run the tests with real signatures");
        folder = Files.createDirectory(parent.resolve("approvers"));
        StringBuilder signers = new StringBuilder();
        for (String name : APPROVERS) {
            signers.append(line(name, Purpose.DECISION));
        }
        signers.append(line(GLASS_BREAKER, Purpose.BREAK_GLASS));
        Files.writeString(folder.resolve("allowed_signers"), signers);
        thaw();
    }

    private static boolean installed() {
        return Arrays.stream(String.valueOf(System.getenv("PATH")).split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "ssh-keygen")));
    }

    Path policy() {
        return folder.resolve("policy.yaml");
    }

    /** Nothing may be approved or written from now on. */
    void freeze() throws IOException {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        replacePolicy(POLICY
                + "freeze: [{name: for now, timeZone: UTC, from: '%s', to: '%s'}]%n"
                        .formatted(
                                local(minute.minus(1, ChronoUnit.MINUTES)), local(minute.plus(5, ChronoUnit.MINUTES))));
    }

    void thaw() throws IOException {
        replacePolicy(POLICY);
    }

    private static String local(Instant time) {
        return time.toString().substring(0, "2026-11-29T12:00".length());
    }

    /** At once: a worker never reads half of it. */
    private void replacePolicy(String text) throws IOException {
        Path next = Files.writeString(folder.resolve("policy.next"), text);
        Files.move(next, policy(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Who decides, the first time or a later one: two people in turn. */
    static String nextApprover(int decisions) {
        return APPROVERS.get(decisions % APPROVERS.size());
    }

    /** The decision with its approver's signature. */
    Decision signed(Decision decision, String clusterUid) {
        Purpose purpose = decision.breakGlass() == null ? Purpose.DECISION : Purpose.BREAK_GLASS;
        return decision.provenBy(run(
                Statement.of(decision, clusterUid),
                "-Y",
                "sign",
                "-n",
                purpose.namespace(),
                "-f",
                folder.resolve(String.valueOf(decision.approver())).toString()));
    }

    private String line(String name, Purpose purpose) throws IOException {
        var unused = run(
                new byte[0],
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                name,
                "-f",
                folder.resolve(name).toString());
        return name + " namespaces=\"" + purpose.namespace() + "\" " + Files.readString(folder.resolve(name + ".pub"));
    }

    private static String run(byte[] input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("SSH_AUTH_SOCK");
        try {
            Process process = builder.start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input);
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + out);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
