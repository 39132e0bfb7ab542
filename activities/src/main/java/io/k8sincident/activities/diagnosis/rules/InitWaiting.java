package io.k8sincident.activities.diagnosis.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.k8sincident.activities.diagnosis.view.ClusterView;
import io.k8sincident.activities.diagnosis.view.ContainerView;
import io.k8sincident.activities.diagnosis.view.Fact;
import io.k8sincident.activities.diagnosis.view.LastWords;
import io.k8sincident.activities.diagnosis.view.Trouble;
import io.k8sincident.activities.diagnosis.view.WorkloadView;
import io.k8sincident.activities.evidence.Fields;
import io.k8sincident.activities.evidence.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An init container runs longer than the rollout may take, and waits: the end of its log repeats that it does, or its
 * command is a loop, silent or with a last word that it waits, around a host of this namespace that does not exist or has
 * no ready endpoint.
 */
final class InitWaiting implements Rule {
    private static final Pattern WAITS = Pattern.compile(
            "(?i)(\\b(wait(ing|s)?|retry(ing)?|not (yet )?(ready|available|there|reachable|found)|sleep(ing)?|unavailable"
                    + "|refused|no such host|timed? ?out|pending|attempt|no response|rejecting|bad address|can't resolve"
                    + "|could not resolve|NXDOMAIN|still|until)\\b)");
    private static final Pattern LOOP = Pattern.compile("\\b(until|while)\\b|\\bwait[-_]for\\b|wait-for-it");
    private static final Pattern HOST =
            Pattern.compile("(?://(?:[^/@\\s]*@)?|\\bnc (?:-\\S+ (?:[0-9]+ )?)*|\\bnslookup (?:-\\S+ )*"
                    + "|\\bgetent hosts |\\bping (?:-\\S+ (?:[0-9]+ )?)*|(?:-h|--host)[ =]|/dev/tcp/|lookup |bad address '|can't resolve '|can't find )"
                    + "[\"']?([a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)*)|\\b([a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)*):[0-9]{2,5}\\b");
    private static final int READ = 24;
    private static final int LONGEST_PERIOD = 20;

    @Override
    public Optional<Finding> examine(WorkloadView workload) {
        List<Trouble> troubles = workload.troubles(Trouble.Kind.INITIALIZING).toList();
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        ContainerView container = Ends.container(troubles.get(0));
        Optional<LastWords> words = LastWords.of(container);
        Optional<LastWords> repeats = words.filter(InitWaiting::repeatsThatItWaits);
        Fact state = container.statusFact(
                "state", "running since " + container.status().text("state", "running", "startedAt"));
        String told = repeats.map(said -> String.join(
                        "\n", said.lines().subList(from(said), said.lines().size())))
                .orElse("");
        String command = command(container);
        Optional<Awaited> awaited = awaited(workload, command).or(() -> awaited(workload, told));
        boolean loop = awaited.isPresent()
                && LOOP.matcher(command).find()
                && words.map(InitWaiting::endsInWaiting).orElse(true);
        if (repeats.isEmpty() && !loop) {
            return Optional.empty();
        }
        Finding.Draft draft = Finding.of("init-container-waiting", Ends.sameContainer(troubles))
                .culprit(awaited.map(Awaited::culprit).orElseGet(() -> Culprits.field(workload, container, null, null)))
                .claim("init container " + container.name() + " runs and does not end", state);
        repeats.ifPresentOrElse(said -> draft.claim("it says that it waits, again and again", said.fact()), () -> {
            draft.claim("it is a loop", container.specFact("command", command)).likely();
            words.ifPresent(said -> draft.claim("the last that it says is that it waits", said.fact()));
        });
        awaited.ifPresent(what -> draft.claim(what.sentence(), what.fact()));
        awaited.flatMap(what -> Optional.ofNullable(what.service())).ifPresent(draft::dependsOn);
        return draft.not("init-container-failing", "it has not ended", state).found();
    }

    /** What is waited for. */
    private record Awaited(
            io.k8sincident.workflows.model.Culprit culprit,
            String sentence,
            Fact fact,
            @org.jspecify.annotations.Nullable Resource service) {}

    /** The first host in the text that is a Service of the namespace without ready endpoints, or would be one. */
    private static Optional<Awaited> awaited(WorkloadView workload, String text) {
        List<String> hosts = new ArrayList<>();
        Matcher matcher = HOST.matcher(text);
        while (matcher.find()) {
            hosts.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return hosts.stream()
                .map(host -> awaitedHost(workload, host))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Awaited> awaitedHost(WorkloadView workload, String host) {
        ClusterView cluster = workload.cluster();
        String namespace = workload.namespace();
        Optional<String> missing = Dependencies.missing(cluster, namespace, host);
        if (missing.isPresent()) {
            return Optional.of(new Awaited(
                    Culprits.missing("Service", missing.get()),
                    "there is no such Service",
                    Fact.absent("Service", namespace, missing.get()),
                    null));
        }
        return Hosts.serviceName(host, namespace)
                .flatMap(name -> cluster.find("Service", namespace, name))
                .filter(service -> !Dependencies.hasReadyEndpoint(cluster, service))
                .map(service -> new Awaited(
                        Culprits.object("Service", service.name(), null, null),
                        "Service " + service.name() + " has no ready endpoint",
                        Fact.field(service, "spec.selector", "has no ready endpoint"),
                        service));
    }

    /** What it runs, with the variables that its spec sets; the longest names first, of which others may be the beginning. */
    private static String command(ContainerView container) {
        String command = String.join(" ", container.spec().texts("command")) + " "
                + String.join(" ", container.spec().texts("args"));
        List<Fields> variables = container.spec().list("env").stream()
                .sorted(Comparator.comparingInt(
                                (Fields variable) -> variable.text("name").length())
                        .reversed())
                .toList();
        for (Fields variable : variables) {
            String name = variable.text("name");
            String value = variable.text("value");
            if (!name.isEmpty() && !value.isEmpty()) {
                command = command.replace("$(" + name + ")", value)
                        .replace("${" + name + "}", value)
                        .replace("$" + name, value);
            }
        }
        return command;
    }

    private static int from(LastWords words) {
        return Math.max(0, words.lines().size() - READ);
    }

    /** Whether the last lines are the same few, over and over, numbers aside, and say that something is waited for. */
    private static boolean repeatsThatItWaits(LastWords words) {
        List<String> lines = words.lines().stream()
                .map(line -> line.replaceAll("[0-9]+", "0").replaceAll("\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\\b", ""))
                .toList();
        for (int period = 1; period <= LONGEST_PERIOD; period++) {
            if (lines.size() >= 3 * period && repeats(lines, period)) {
                return lines.subList(lines.size() - period, lines.size()).stream()
                        .anyMatch(line -> WAITS.matcher(line).find());
            }
        }
        return false;
    }

    private static boolean endsInWaiting(LastWords words) {
        return WAITS.matcher(words.lines().get(words.lines().size() - 1)).find();
    }

    private static boolean repeats(List<String> lines, int period) {
        int size = lines.size();
        for (int i = size - 1; i >= size - 2 * period; i--) {
            if (!lines.get(i).equals(lines.get(i - period))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<Cause> causes() {
        return List.of(new Cause(
                "init-container-waiting",
                Cause.Family.INIT,
                "An init container waits for something that does not come.",
                "An init container that runs past the rollout's deadline, or ten minutes, and a log whose end repeats that"
                        + " it waits; or a loop, silent or with a word of waiting at the end of its log, around a"
                        + " Service that does not exist or has no ready endpoint.",
                "An init container that ends (init-container-failing); a log that goes on."));
    }
}
