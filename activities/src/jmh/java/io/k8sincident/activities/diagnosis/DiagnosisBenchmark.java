package io.k8sincident.activities.diagnosis;

import io.k8sincident.activities.evidence.Snapshot;
import io.k8sincident.activities.remediation.Diagnosticians;
import io.k8sincident.workflows.model.Diagnosis;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** From a snapshot to its diagnoses, with one thread, over all the recordings among the tests in turn. */
@State(Scope.Thread)
@BenchmarkMode({Mode.SampleTime, Mode.Throughput})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 4)
@Measurement(iterations = 5, time = 4)
@Fork(2)
public class DiagnosisBenchmark {
    private final List<Snapshot> snapshots =
            Recordings.all().stream().map(Recordings.Moment::snapshot).toList();
    private final Diagnostician rules = Diagnosticians.standard();
    private int next;

    /** One snapshot; the next call takes the next one. */
    @Benchmark
    public List<Diagnosis> diagnose() {
        next = (next + 1) % snapshots.size();
        return rules.diagnose(snapshots.get(next));
    }

    /** Runs it and prints the table. */
    public static void main(String[] arguments) throws RunnerException {
        var unused = new Runner(new OptionsBuilder()
                        .include(DiagnosisBenchmark.class.getName())
                        .build())
                .run();
    }
}
