/** Signs what a person says with their own SSH key: by ssh-keygen, so that agents and hardware keys work. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.cli.signing;
