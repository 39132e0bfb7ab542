/** Ed25519 keys, and what is signed with them: checkpoints and changes of the key. */
@org.jspecify.annotations.NullMarked
package io.k8sincident.activities.audit.seal;
