package io.k8sincident.activities.policy.cel;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.checker.CelStandardDeclarations.StandardOverload;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.Program;
import dev.cel.runtime.standard.AddOperator;
import java.util.Set;

/**
 * What expressions may use. Left out of the language is what lets a short expression build large values: {@code +} of
 * anything but whole numbers, {@code map} and {@code filter}; what remains costs no more than a small power of the size of its input.
 */
final class Environment {
    static final String PLAN = "plan";
    static final String TARGET = "target";

    /** What {@code plan} has. */
    static final Set<String> PLAN_FIELDS =
            Set.of("cluster", "cause", "runbook", "risk", "requester", "pods", "replicas", "actions");

    /** What {@code target} has. */
    static final Set<String> TARGET_FIELDS =
            Set.of("apiVersion", "kind", "namespace", "name", "uid", "labels", "annotations", "spec");

    private static final int MOST_NODES = 1_000;
    private static final int DEEPEST = 32;
    private static final int MOST_ITERATIONS = 500;
    private static final int LARGEST_REGEX = 2_000;

    /** The one addition that is left: exists_one counts with it. */
    private static final StandardOverload COUNTING = StandardFunction.Overload.Arithmetic.ADD_INT64;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxParseExpressionNodeCount(MOST_NODES)
            .maxParseRecursionDepth(DEEPEST)
            .comprehensionMaxIterations(MOST_ITERATIONS)
            .maxRegexProgramSize(LARGEST_REGEX)
            .build();

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                    .filterFunctions((function, overload) -> function != StandardFunction.ADD || overload == COUNTING)
                    .build())
            .setStandardMacros(
                    CelStandardMacro.HAS, CelStandardMacro.ALL, CelStandardMacro.EXISTS, CelStandardMacro.EXISTS_ONE)
            .addVar(PLAN, MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addVar(TARGET, MapType.create(SimpleType.STRING, SimpleType.DYN))
            .setResultType(SimpleType.BOOL)
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardFunctions(CelStandardFunctions.newBuilder()
                    .filterFunctions((function, overload) -> function != CelStandardFunctions.StandardFunction.ADD
                            || overload == AddOperator.AddOverload.ADD_INT64)
                    .build())
            .build();

    private Environment() {}

    static CelValidationResult compile(String text) {
        return COMPILER.compile(text);
    }

    static Program program(CelAbstractSyntaxTree tree) throws CelEvaluationException {
        return RUNTIME.createProgram(tree);
    }
}
