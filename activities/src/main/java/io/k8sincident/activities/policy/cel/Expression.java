package io.k8sincident.activities.policy.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.Map;

/**
 * A yes-or-no question about a plan and its target. The answer depends on what it is given alone; it ends within a
 * second, whatever it says. Immutable and thread-safe.
 */
public final class Expression {
    private final Program program;

    private Expression(Program program) {
        this.program = program;
    }

    /**
     * Compiles an expression.
     *
     * @throws ExpressionException if it is no CEL, is no yes-or-no question, asks for what is not there, or could cost
     *     too much
     */
    public static Expression compile(String text) throws ExpressionException {
        Costs.requireParseable(text);
        CelValidationResult result = Environment.compile(text);
        if (result.hasError()) {
            CelIssue first = result.getErrors().get(0);
            throw new ExpressionException(
                    Math.max(1, first.getSourceLocation().getLine()), oneLine(first.getMessage()));
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            Costs.require(tree);
            return new Expression(Environment.program(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new ExpressionException(1, oneLine(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Whether it is so.
     *
     * @param plan fields as {@link Environment} lists them
     * @param target likewise
     * @throws ExpressionException if there is no answer: a field that is not there, a limit that was exceeded
     */
    public boolean holds(Map<String, Object> plan, Map<String, Object> target) throws ExpressionException {
        Object answer = Deadline.within(() -> evaluate(plan, target));
        if (answer instanceof Boolean known) {
            return known;
        }
        throw new ExpressionException(1, "the answer is neither true nor false");
    }

    private Object evaluate(Map<String, Object> plan, Map<String, Object> target) throws ExpressionException {
        try {
            return program.eval(Map.of(Environment.PLAN, plan, Environment.TARGET, target));
        } catch (CelEvaluationException | RuntimeException e) {
            throw new ExpressionException(1, oneLine(String.valueOf(e.getMessage())));
        } catch (StackOverflowError e) {
            throw new ExpressionException(1, "it is nested too deeply");
        }
    }

    private static String oneLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
