package io.k8sincident.activities.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.k8sincident.activities.approval.ProofVerifier.Claimed;
import io.k8sincident.activities.audit.AuditTrail;
import io.k8sincident.activities.audit.FileAuditTrail;
import io.k8sincident.activities.policy.Policy;
import io.k8sincident.activities.testing.MemoryLedger;
import io.k8sincident.activities.testing.MemoryTrail;
import io.k8sincident.activities.testing.Remedy;
import io.k8sincident.workflows.activity.RulingActivity;
import io.k8sincident.workflows.model.Ruling;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How long a ruling on a signed decision takes: its proof alone, all of it in memory, and all of it kept on disk. */
final class RulingBenchmark {
    private static final int WARM_UP = 300;
    private static final int MEASURED = 300;

    private RulingBenchmark() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(args.length == 0 ? "target" : args[0]), "ruling");
        try (Signing signing = Signing.in(folder)) {
            signing.remedy.policy = signing.remedy.policy.replace("separateDuties: true", "separateDuties: false");
            signing.people("bob");
            List<ObjectNode> decisions = new ArrayList<>();
            for (int i = 0; i < WARM_UP + MEASURED; i++) {
                decisions.add(signing.signed("bob"));
            }
            ProofVerifier proofs = new SshProofs(() -> signing.remedy.clusterUid, Optional.empty());
            Policy policy = Policy.parse("policy.yaml", signing.remedy.policy, folder);
            System.out.println(times(
                    "proof alone",
                    decisions,
                    decision -> proofs.identify(
                            new Claimed(
                                    "bob", decision, decision.path("proof").asText(), signing.remedy.clock.instant()),
                            policy)));
            RulingActivity memory = ruling(signing, new MemoryTrail(signing.remedy.clock), new MemoryLedger());
            System.out.println(times("ruling, in memory", decisions, decision -> rule(signing, memory, decision)));
            RulingActivity disk =
                    ruling(signing, new FileAuditTrail(folder, Clock.systemUTC()), new FileDecisionLedger(folder));
            System.out.println(times("ruling, kept on disk", decisions, decision -> rule(signing, disk, decision)));
            System.out.println(times("one sync of this disk", decisions, decision -> sync(folder)));
        }
    }

    private interface Step {
        Object on(ObjectNode decision) throws IOException;
    }

    private static RulingActivity ruling(Signing signing, AuditTrail trail, DecisionLedger ledger) {
        return new RulingActivityImpl(
                Remedy.NAME,
                signing.remedy.blobs,
                () -> Policy.parse("policy.yaml", signing.remedy.policy, signing.remedy.folder),
                signing.remedy.gate,
                new SshProofs(() -> signing.remedy.clusterUid, Optional.empty()),
                signing.remedy.access,
                ledger,
                trail,
                signing.remedy.clock,
                UnaryOperator.identity(),
                alarm -> {});
    }

    private static Ruling rule(Signing signing, RulingActivity activity, ObjectNode decision) {
        Ruling ruling = activity.rule(signing.request(decision, Signing.RUN));
        if (!ruling.accepted()) {
            throw new IllegalStateException(ruling.message());
        }
        return ruling;
    }

    private static Path sync(Path folder) throws IOException {
        Path file = folder.resolve("sync");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.allocate(500));
            channel.force(false);
        }
        return file;
    }

    private static String times(String what, List<ObjectNode> decisions, Step step) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] nanos = new long[MEASURED];
        long[] cpu = new long[MEASURED];
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            long cpuStart = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            var unused = step.on(decisions.get(i));
            if (i >= WARM_UP) {
                nanos[i - WARM_UP] = System.nanoTime() - start;
                cpu[i - WARM_UP] = threads.getCurrentThreadCpuTime() - cpuStart;
            }
        }
        Arrays.sort(nanos);
        Arrays.sort(cpu);
        return String.format(
                "%-24s p50 %.2f ms  p95 %.2f ms  p99 %.2f ms  processor p50 %.2f ms",
                what,
                nanos[MEASURED / 2] / 1e6,
                nanos[MEASURED * 95 / 100] / 1e6,
                nanos[MEASURED * 99 / 100] / 1e6,
                cpu[MEASURED / 2] / 1e6);
    }
}
