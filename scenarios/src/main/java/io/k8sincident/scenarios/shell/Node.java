package io.k8sincident.scenarios.shell;

import java.util.List;

/** A parsed piece of a script. Words are raw: quotes and variables are resolved when the word is used. */
sealed interface Node {
    /** A command with its words and redirections ({@code >}, {@code >>}, {@code 2>}, each followed by its target). */
    record Simple(List<String> words, List<String> redirections) implements Node {}

    /** One after the other. */
    record Sequence(List<Node> nodes) implements Node {}

    /** The second if the first succeeded ({@code and}) or failed. */
    record AndOr(Node first, boolean and, Node second) implements Node {}

    /** In the background, beside what follows. */
    record Background(Node node) implements Node {}

    /** Succeeds where the other fails. */
    record Not(Node node) implements Node {}

    /** The first branch whose condition succeeds; an else branch has a condition that always does. */
    record If(List<Node> conditions, List<Node> branches) implements Node {}

    /** As long as the condition succeeds ({@code until}: fails). */
    record While(Node condition, boolean until, Node body) implements Node {}

    /** Once for each word. */
    record For(String variable, List<String> words, Node body) implements Node {}
}
