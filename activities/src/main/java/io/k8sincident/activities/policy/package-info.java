/** What may be planned and done: a strict YAML file in which every verdict and every error names its line. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.policy;
