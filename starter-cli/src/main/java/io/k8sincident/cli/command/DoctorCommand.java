package io.k8sincident.cli.command;

import io.k8sincident.cli.doctor.ClusterDoctor;
import io.k8sincident.cli.doctor.Finding;
import io.k8sincident.cli.doctor.MachineDoctor;
import io.k8sincident.cli.doctor.ModelDoctor;
import io.k8sincident.cli.doctor.TemporalDoctor;
import io.k8sincident.cli.output.Documents;
import io.k8sincident.cli.output.ExitCode;
import io.k8sincident.cli.output.Screen;
import io.k8sincident.cli.output.Style;
import io.k8sincident.cli.output.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Whether everything is in place. */
@Command(
        name = "doctor",
        description = "Check Temporal, the workers, the cluster, your rights, policy, clock and disk; says how to fix.")
final class DoctorCommand extends Subcommand {
    private static final int CHECK_WIDTH = 28;

    @Mixin
    final ClusterOptions cluster = new ClusterOptions();

    @Mixin
    final OutputOption output = new OutputOption();

    @Override
    int run(Screen screen) {
        List<Finding> all = new ArrayList<>();
        show(screen, all, TemporalDoctor.examine(connections()::temporal));
        show(
                screen,
                all,
                new ClusterDoctor(surroundings().clock())
                        .examine(() -> connections().cluster(cluster.choice()), cluster.namespace));
        show(screen, all, new MachineDoctor(surroundings()).examine());
        show(screen, all, new ModelDoctor(surroundings()).examine(LlmOptions.deadline(surroundings())));
        if (output.format.structured()) {
            screen.printRaw(new Documents().write(output.format, "DoctorReport", Map.of("checks", all)));
        }
        return all.stream().anyMatch(finding -> finding.state() == Finding.State.BROKEN) ? ExitCode.ERROR : ExitCode.OK;
    }

    /** Shown as they come: a server that does not answer takes seconds. */
    private void show(Screen screen, List<Finding> all, List<Finding> findings) {
        all.addAll(findings);
        if (output.format.structured()) {
            return;
        }
        for (Finding finding : findings) {
            screen.print(mark(finding.state())
                    .and(Text.of(finding.check()).padded(CHECK_WIDTH))
                    .and(finding.detail()));
            if (finding.fix() != null) {
                screen.print(Text.of("         fix: ", Style.DIM).and(finding.fix(), Style.BOLD));
            }
        }
    }

    private static Text mark(Finding.State state) {
        return switch (state) {
            case GOOD -> Text.of("ok       ", Style.GREEN);
            case WARNING -> Text.of("warning  ", Style.YELLOW);
            case BROKEN -> Text.of("broken   ", Style.RED);
        };
    }
}
