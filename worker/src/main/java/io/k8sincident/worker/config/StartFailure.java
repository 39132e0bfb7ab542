package io.k8sincident.worker.config;

import io.k8sincident.activities.audit.AuditUnavailableException;
import io.k8sincident.activities.evidence.ClusterException;
import io.k8sincident.activities.policy.PolicyException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;

/** Finds, in what a framework wrapped around it, the one line that a person needs when the worker does not start. */
public final class StartFailure {
    private StartFailure() {}

    /** The line, if a setting is to blame; empty for everything else, which is a fault of the program. */
    public static Optional<String> explain(Throwable failure) {
        return causes(failure)
                .map(StartFailure::explanation)
                .flatMap(Optional::stream)
                .reduce((outer, inner) -> inner);
    }

    private static Optional<String> explanation(Throwable cause) {
        if (cause instanceof ConfigurationException configuration) {
            return Optional.ofNullable(configuration.getMessage());
        }
        if (cause instanceof PolicyException policy) {
            return Optional.of("the policy cannot be used: " + policy.getMessage()
                    + " · the worker was not started, nothing was" + " changed · correct the file");
        }
        if (cause instanceof AuditUnavailableException audit) {
            return Optional.of(String.valueOf(audit.getMessage()));
        }
        if (cause instanceof ClusterException cluster) {
            return Optional.of("the cluster cannot be used: " + cluster.getMessage());
        }
        if (cause instanceof UnboundConfigurationPropertiesException unknown) {
            return Optional.of(unknown(unknown));
        }
        if (cause instanceof BindException unfit) {
            return Optional.of(unfit(unfit));
        }
        return Optional.empty();
    }

    private static String unknown(UnboundConfigurationPropertiesException unknown) {
        String names = unknown.getUnboundProperties().stream()
                .map(property -> property.getName().toString())
                .sorted()
                .collect(Collectors.joining(", "));
        return line(names, "is not a setting", "see `incident worker --help` for the settings, and correct the name");
    }

    private static String unfit(BindException unfit) {
        String type = unfit.getTarget().getType().resolve(Object.class).getSimpleName();
        ConfigurationProperty property = unfit.getProperty();
        String value = property == null ? "" : " \"" + property.getValue() + "\"";
        String remedy =
                switch (type) {
                    case "Duration" -> "use a duration such as 5s";
                    case "boolean" -> "use true or false";
                    case "Set", "Role" ->
                        "use some of reader, executor and adviser, such as INCIDENT_ROLES=reader,executor";
                    default -> "correct it";
                };
        return line(unfit.getName().toString(), "has the value" + value + ", which does not fit", remedy);
    }

    private static String line(String setting, String problem, String remedy) {
        return String.valueOf(new ConfigurationException(setting, problem, remedy).getMessage());
    }

    private static Stream<Throwable> causes(@Nullable Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(30);
    }
}
