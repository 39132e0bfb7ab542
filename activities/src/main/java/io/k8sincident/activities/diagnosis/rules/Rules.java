package io.k8sincident.activities.diagnosis.rules;

import java.util.List;

/** All rules. Their order decides nothing: findings are ranked by what they explain. */
public final class Rules {
    private Rules() {}

    public static List<Rule> all() {
        return List.of(
                new AppExit(),
                new BadArguments(),
                new BadCommand(),
                new ImagePull(),
                new InsufficientResource("cpu", "memory"),
                new InsufficientResource("memory", "cpu"),
                new MissingReference(),
                new OomLimit(),
                ProbeKill.liveness(),
                ProbeKill.startup());
    }
}
