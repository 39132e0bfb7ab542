package io.k8sincident.activities.policy.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.Optional;
import java.util.Set;

/** Refuses, before anything is evaluated, what could cost too much or asks for what can never be there. */
final class Costs {
    private static final int DEEPEST_NESTING = 3;

    private static final int MOST_COPIES = 1_000;
    private static final Pattern REPETITION = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");
    private static final int LONGEST = 2_000;
    private static final int DEEPEST_BRACKETS = 20;
    private static final int MOST_SIGNS = 4;
    private static final int MOST_CHOICES = 20;

    private Costs() {}

    /** Before it is parsed, since the parser itself needs more than it has for some short texts. */
    static void requireParseable(String text) throws ExpressionException {
        if (text.length() > LONGEST) {
            throw new ExpressionException(1, "it is longer than " + LONGEST + " characters");
        }
        int depth = 0;
        int signs = 0;
        int choices = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            signs = c == '-' || c == '!' ? signs + 1 : Character.isWhitespace(c) ? signs : 0;
            choices += c == '?' ? 1 : 0;
            if (depth > DEEPEST_BRACKETS || signs > MOST_SIGNS || choices > MOST_CHOICES) {
                throw new ExpressionException(
                        1,
                        "it has more than " + DEEPEST_BRACKETS + " brackets inside each other, " + MOST_SIGNS
                                + " signs in a row or " + MOST_CHOICES + " choices with ?");
            }
        }
    }

    static void require(CelAbstractSyntaxTree tree) throws ExpressionException {
        for (CelNavigableExpr node :
                CelNavigableAst.fromAst(tree).getRoot().allNodes().toList()) {
            requireShallow(node, tree);
            requireKnownField(node, tree);
            requireConstantPattern(node, tree);
        }
    }

    private static void requireShallow(CelNavigableExpr node, CelAbstractSyntaxTree tree) throws ExpressionException {
        int depth = 0;
        for (Optional<CelNavigableExpr> at = Optional.of(node);
                at.isPresent();
                at = at.get().parent()) {
            depth += at.get().getKind() == Kind.COMPREHENSION ? 1 : 0;
        }
        if (depth > DEEPEST_NESTING) {
            throw problem(node, tree, "more than " + DEEPEST_NESTING + " of all and exists inside each other");
        }
    }

    private static void requireKnownField(CelNavigableExpr node, CelAbstractSyntaxTree tree)
            throws ExpressionException {
        if (node.getKind() != Kind.SELECT || node.expr().select().operand().getKind() != Kind.IDENT) {
            return;
        }
        String field = node.expr().select().field();
        String variable = node.expr().select().operand().ident().name();
        Set<String> known =
                switch (variable) {
                    case Environment.PLAN -> Environment.PLAN_FIELDS;
                    case Environment.TARGET -> Environment.TARGET_FIELDS;
                    default -> Set.of(field);
                };
        if (!known.contains(field)) {
            throw problem(
                    node,
                    tree,
                    variable + " has no field '" + field + "'; it has "
                            + String.join(", ", known.stream().sorted().toList()));
        }
    }

    private static void requireConstantPattern(CelNavigableExpr node, CelAbstractSyntaxTree tree)
            throws ExpressionException {
        if (node.getKind() != Kind.CALL || !node.expr().call().function().equals("matches")) {
            return;
        }
        int last = node.expr().call().args().size() - 1;
        CelExpr pattern = node.expr().call().args().get(last);
        if (pattern.getKind() != Kind.CONSTANT) {
            throw problem(node, tree, "matches needs its pattern as a text in quotes");
        }
        String text = pattern.constant().stringValue();
        if (copies(text) > MOST_COPIES) {
            throw problem(node, tree, "the repetitions of a pattern may not multiply to more than " + MOST_COPIES);
        }
        try {
            var unused = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw problem(node, tree, "'" + text + "' is no RE2 pattern: " + e.getDescription());
        }
    }

    /** How often a part of the pattern may be written out: repetitions inside each other multiply. */
    private static long copies(String pattern) {
        long copies = 1;
        Matcher repetitions = REPETITION.matcher(pattern);
        while (repetitions.find() && copies <= MOST_COPIES) {
            copies *= Math.max(1, Long.parseLong(repetitions.group(1)));
            String most = repetitions.group(2);
            copies *= most == null || most.isEmpty() ? 1 : Math.max(1, Long.parseLong(most));
        }
        return copies;
    }

    private static ExpressionException problem(CelNavigableExpr node, CelAbstractSyntaxTree tree, String message) {
        Integer position = tree.getSource().getPositionsMap().get(node.id());
        int line = position == null
                ? 1
                : tree.getSource()
                        .getOffsetLocation(position)
                        .map(location -> location.getLine())
                        .orElse(1);
        return new ExpressionException(line, message);
    }
}
